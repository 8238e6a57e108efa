import { useState } from "preact/hooks";
import { readKitText } from "../../../servers/kit.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { type SignInAgainRefusal, signInAgain } from "../../../servers/sign-in-again.ts";
import type { CountingPassphrase } from "../../../servers/stored-server.ts";
import { t } from "../../../ui/i18n.ts";
import { TextField } from "../../../ui/text-field.tsx";
import { useFocus } from "../../../ui/use-focus.ts";
import { useShowFactor } from "../factor-step/use-show-factor.tsx";
import { WithStep } from "../factor-step/with-step.tsx";
import type { SectionProps } from "../section-props.ts";
import { PassphraseField } from "./passphrase-field.tsx";
import { passphraseLabel } from "./passphrase-label.ts";
import { RecoverForm } from "./recover-form.tsx";
import { Refused } from "./refused.tsx";

/** What is said of the passphrase, and not of the server or the kit. */
const OF_PASSPHRASE: readonly unknown[] = ["neither", "other-than-vault", "former-counts"];

/**
 * Signs in again with the passphrase alone. Whose it is, is said: the vault's own, or another one. Where the kit was
 * replaced on another device the new one is asked for as well; who has forgotten the passphrase comes back with the kit.
 */
export function SignInAgain(props: {
  server: {
    readonly id: string;
    readonly origin: string;
    readonly email: string;
    readonly counting: CountingPassphrase;
  };
  say: SectionProps["say"];
  /** Whether what waits changes something, for which a strong second factor is wanted. */
  isForChange?: boolean;
  /** What waited for it goes on. */
  onDone: () => void;
}) {
  const { server, say, isForChange = false } = props;
  const [passphrase, setPassphrase] = useState("");
  const [kit, setKit] = useState<string | null>(null);
  const [email, setEmail] = useState(server.email);
  const [asksEmail, setAsksEmail] = useState(false);
  const [busy, setBusy] = useState(false);
  const [isForgotten, setForgotten] = useState(false);
  const [failure, setFailure] = useState<SignInAgainRefusal | null>(null);
  const { showFactor, step } = useShowFactor();
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      const again = await signInAgain(server.id, passphrase, { email, kit, isForChange }, showFactor);
      if (again.ok) {
        say({ tone: "done", sentence: t("teams.again.done", { host: hostOf(server.origin) }) });
        props.onDone();
      } else {
        setFailure(again.error);
        if (again.error === "kit-replaced") setKit("");
        // One of the two is wrong, or was changed elsewhere.
        if (again.error === "neither" || again.error === "other-than-vault") setAsksEmail(true);
      }
    } catch {
      setFailure("failed");
    } finally {
      setBusy(false);
    }
  };
  if (isForgotten)
    return (
      <RecoverForm
        given={{ kit: "", address: server.origin, email: server.email }}
        isKnown
        onDone={(sentence) => {
          say({ tone: "done", sentence });
          props.onDone();
        }}
        onCancel={() => setForgotten(false)}
      />
    );
  return (
    <WithStep step={step}>
      <form class="stack tight" aria-busy={busy} onSubmit={submit}>
        <h3>{t("teams.again.title")}</h3>
        {asksEmail && (
          <TextField
            kind="email"
            label={t("teams.email")}
            hint={t("teams.again.email-why")}
            value={email}
            problem={null}
            onChange={setEmail}
          />
        )}
        <PassphraseField
          label={passphraseLabel(failure === "other-than-vault" ? "other" : server.counting)}
          hint={t("teams.again.why")}
          value={passphrase}
          isWrong={OF_PASSPHRASE.includes(failure)}
          onChange={setPassphrase}
        />
        <Refused failure={failure} origin={server.origin} isSigningIn />
        {kit !== null && <NewKit value={kit} onChange={setKit} />}
        <div class="line wrap">
          <button
            type="submit"
            class="button primary"
            disabled={busy || passphrase === "" || kit?.trim() === ""}
          >
            {t(busy ? "teams.again.working" : "teams.again.action")}
          </button>
          <button type="button" class="button plain" disabled={busy} onClick={() => setForgotten(true)}>
            {t("teams.again.forgotten")}
          </button>
        </div>
      </form>
    </WithStep>
  );
}

function NewKit(props: { value: string; onChange: (letters: string) => void }) {
  const field = useFocus<HTMLInputElement>();
  return (
    <TextField
      label={t("teams.again.new-kit")}
      hint={t("teams.device.kit-hint")}
      value={props.value}
      problem={null}
      kind="code"
      field={field}
      onChange={(text) => props.onChange(readKitText(text).letters)}
    />
  );
}
