import type { Result } from "../../../../shared/result.ts";
import type { KnownServer } from "../../../servers/connection.ts";
import { hostOf } from "../../../servers/server-address.ts";
import type { ShowFactor } from "../../../servers/show-factor.ts";
import { countingPassphrase } from "../../../servers/stored-server.ts";
import { AskPassphrase } from "../../../ui/ask-passphrase.tsx";
import { serverRefusalText } from "../../../ui/server-text.ts";
import { VaultLockedError } from "../../../vault/vault-locked.ts";
import { useShowFactor } from "../factor-step/use-show-factor.tsx";
import { WithStep } from "../factor-step/with-step.tsx";
import { passphraseLabel } from "./passphrase-label.ts";

type Refusal = Parameters<typeof serverRefusalText>[0];

/** Asks for the passphrase that counts at a server, and does with it what wants it. */
export function AskServerPassphrase<T>(props: {
  server: KnownServer;
  action: string;
  busyText: string;
  tone?: "primary" | "danger";
  act: (passphrase: string, showFactor: ShowFactor) => Promise<Result<T, Refusal>>;
  onDone: (value: T) => void;
  onCancel: () => void;
}) {
  const { server } = props;
  const { showFactor, step } = useShowFactor();
  return (
    <WithStep step={step}>
      <AskPassphrase
        label={passphraseLabel(server.secrets === null ? "vault" : countingPassphrase(server.secrets))}
        action={props.action}
        busyText={props.busyText}
        tone={props.tone ?? "primary"}
        onCancel={props.onCancel}
        onSubmit={async (passphrase) => {
          try {
            const done = await props.act(passphrase, showFactor);
            if (!done.ok) return serverRefusalText(done.error, hostOf(server.origin));
            props.onDone(done.value);
            return null;
          } catch (error) {
            const why = error instanceof VaultLockedError ? "locked" : "failed";
            return serverRefusalText(why, hostOf(server.origin));
          }
        }}
      />
    </WithStep>
  );
}
