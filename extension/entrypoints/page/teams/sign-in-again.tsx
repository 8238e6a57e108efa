import { useState } from "preact/hooks";
import { type DeviceRefusal, signInAgain } from "../../../servers/connect-device.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { t } from "../../../ui/i18n.ts";
import type { SectionProps } from "../section-props.ts";
import { PassphraseField } from "./passphrase-field.tsx";
import { Refused } from "./refused.tsx";

/** Signs in again with the passphrase alone. Whose it is, is said: the vault's own, or another one. */
export function SignInAgain(props: {
  serverId: string;
  origin: string;
  hasVaultPassphrase: boolean;
  say: SectionProps["say"];
  /** What waited for it goes on. */
  onDone: () => void;
}) {
  const { serverId, origin, say } = props;
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<DeviceRefusal | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      const again = await signInAgain(serverId, passphrase);
      if (again.ok) {
        say({ tone: "done", sentence: t("teams.again.done", { host: hostOf(origin) }) });
        props.onDone();
      } else setFailure(again.error);
    } catch {
      setFailure("failed");
    } finally {
      setBusy(false);
    }
  };
  const label = props.hasVaultPassphrase ? "teams.again.passphrase" : "teams.again.passphrase-other";
  return (
    <form class="stack tight" aria-busy={busy} onSubmit={submit}>
      <h3>{t("teams.again.title")}</h3>
      <PassphraseField
        label={t(label)}
        hint={t("teams.again.why")}
        value={passphrase}
        isWrong={failure !== null}
        onChange={setPassphrase}
      />
      <Refused failure={failure} origin={origin} />
      <div>
        <button type="submit" class="button primary" disabled={busy || passphrase === ""}>
          {t(busy ? "teams.again.working" : "teams.again.action")}
        </button>
      </div>
    </form>
  );
}
