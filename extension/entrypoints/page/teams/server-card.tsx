import { useState } from "preact/hooks";
import { HostName } from "../../../screens/host-name.tsx";
import type { KnownServer } from "../../../servers/connection.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { signOut } from "../../../servers/sessions.ts";
import { countingPassphrase, isKitOnPaper } from "../../../servers/stored-server.ts";
import { formatDate, t } from "../../../ui/i18n.ts";
import { FactorsOnCard } from "../factors/factors-on-card.tsx";
import type { SectionProps } from "../section-props.ts";
import { Disconnect } from "./disconnect.tsx";
import { KitNotice } from "./kit-notice.tsx";
import { NewKeys } from "./new-keys.tsx";
import { NewKeysState } from "./new-keys-state.tsx";
import { OnePassphrase } from "./one-passphrase.tsx";
import { OwnAccess } from "./own-access.tsx";
import { Sessions } from "./sessions.tsx";
import { SignInAgain } from "./sign-in-again.tsx";

/** A server that this device is connected to: who one is there, which devices are, and the ways out. */
export function ServerCard({ server, say }: { server: KnownServer; say: SectionProps["say"] }) {
  const { secrets } = server;
  const host = hostOf(server.origin);
  const [busy, setBusy] = useState(false);
  const [panel, setPanel] = useState<"leave" | "new-keys" | null>(null);
  /** Counts how often the session has come to be allowed more: then what it was refused is asked for anew. */
  const [shown, setShown] = useState(0);
  const close = () => setPanel(null);
  const isSignedIn = (secrets?.token ?? null) !== null;
  const leave = async () => {
    setBusy(true);
    const { isTold } = await signOut(server.id).finally(() => setBusy(false));
    say({
      tone: isTold ? "done" : "warn",
      sentence: t(isTold ? "teams.signed-out" : "teams.signed-out-untold", { host }),
    });
  };
  return (
    <section class="page-section" aria-label={host}>
      <div>
        <HostName host={host} isHeading />
        {secrets === null ? (
          <p class="problem">{t("teams.server.damaged")}</p>
        ) : (
          <p class="dim">
            {t(isSignedIn ? "teams.server.signed-in" : "teams.server.signed-out", { email: secrets.email })}
            <br />
            <span class="small">{t("teams.server.since", { date: formatDate(secrets.connectedAt) })}</span>
          </p>
        )}
      </div>
      {secrets !== null && secrets.uncheckedKit !== null && <KitNotice serverId={server.id} say={say} />}
      {secrets !== null && !isSignedIn && (
        <SignInAgain
          server={{ ...server, email: secrets.email, counting: countingPassphrase(secrets) }}
          say={say}
          onDone={() => {}}
        />
      )}
      {secrets !== null && countingPassphrase(secrets) !== "vault" && (
        <OnePassphrase server={server} secrets={secrets} say={say} />
      )}
      {secrets !== null && isSignedIn && <OwnAccess server={server} secrets={secrets} say={say} />}
      {isSignedIn && <FactorsOnCard stored={server} say={say} onShown={() => setShown(shown + 1)} />}
      {isSignedIn && <Sessions key={shown} serverId={server.id} origin={server.origin} say={say} />}
      {isSignedIn && <NewKeysState secrets={secrets} host={host} />}
      {panel === "leave" && (
        <Disconnect
          serverId={server.id}
          host={host}
          isKitChecked={secrets !== null && isKitOnPaper(secrets)}
          say={say}
          onCancel={close}
        />
      )}
      {panel === "new-keys" && secrets !== null && (
        <NewKeys
          {...{ serverId: server.id, origin: server.origin, host, say }}
          hasVaultPassphrase={secrets.hasVaultPassphrase}
          onClose={close}
        />
      )}
      {panel === null && (
        <div class="line wrap">
          {isSignedIn && (
            <button type="button" class="button" disabled={busy} onClick={leave}>
              {t("teams.sign-out")}
            </button>
          )}
          {isSignedIn && (
            <button type="button" class="button plain" onClick={() => setPanel("new-keys")}>
              {t("teams.new-keys")}
            </button>
          )}
          <button type="button" class="button plain" onClick={() => setPanel("leave")}>
            {t("teams.disconnect")}
          </button>
        </div>
      )}
    </section>
  );
}
