import { useState } from "preact/hooks";
import { type DeviceRefusal, signInAgain } from "../../../servers/connect-device.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { t } from "../../../ui/i18n.ts";
import { TextField } from "../../../ui/text-field.tsx";
import type { SectionProps } from "../section-props.ts";
import { PassphraseField } from "./passphrase-field.tsx";
import { passphraseLabel } from "./passphrase-label.ts";
import { Refused } from "./refused.tsx";

/** Signs in again with the passphrase alone. Whose it is, is said: the vault's own, or another one. */
export function SignInAgain(props: {
  serverId: string;
  origin: string;
  hasVaultPassphrase: boolean;
  /** The address that this device knows; it may have been changed on another one. */
  email: string;
  say: SectionProps["say"];
  /** What waited for it goes on. */
  onDone: () => void;
}) {
  const { serverId, origin, say } = props;
  const [passphrase, setPassphrase] = useState("");
  const [email, setEmail] = useState(props.email);
  const [asksEmail, setAsksEmail] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<DeviceRefusal | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      const again = await signInAgain(serverId, passphrase, email);
      if (again.ok) {
        say({ tone: "done", sentence: t("teams.again.done", { host: hostOf(origin) }) });
        props.onDone();
      } else {
        setFailure(again.error);
        if (again.error === "not-recognised" || again.error === "other-than-vault") setAsksEmail(true);
      }
    } catch {
      setFailure("failed");
    } finally {
      setBusy(false);
    }
  };
  return (
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
        label={passphraseLabel(props)}
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
