import { useState } from "preact/hooks";
import type { InvitationCode } from "../../../../shared/group/invitation-code.ts";
import { type RegisterRefusal, registerWithCode } from "../../../servers/register.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { t } from "../../../ui/i18n.ts";
import { TextField } from "../../../ui/text-field.tsx";
import { useFocus } from "../../../ui/use-focus.ts";
import { useShowFactor } from "../factor-step/use-show-factor.tsx";
import { WithStep } from "../factor-step/with-step.tsx";
import { isEmailAddress } from "./email-address.ts";
import { PassphraseField } from "./passphrase-field.tsx";
import { Refused } from "./refused.tsx";

/** Registers at the server of a code, with the passphrase of the vault. */
export function RegisterForm(props: {
  code: InvitationCode;
  onDone: (sentence: string) => void;
  onDevice: () => void;
  onCancel: () => void;
}) {
  const { code } = props;
  const host = hostOf(code.origin);
  const [email, setEmail] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [emailProblem, setEmailProblem] = useState<string | null>(null);
  const [failure, setFailure] = useState<RegisterRefusal | "failed" | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useFocus<HTMLInputElement>();
  const { showFactor, step } = useShowFactor(2);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (!isEmailAddress(email)) {
      setEmailProblem(t("teams.email-problem"));
      return field.current?.focus();
    }
    setBusy(true);
    setFailure(null);
    try {
      const registered = await registerWithCode({ code, email, passphrase }, Date.now(), showFactor);
      if (registered.ok) return props.onDone(t("teams.registered", { host }));
      setFailure(registered.error);
    } catch {
      setFailure("failed");
    } finally {
      setBusy(false);
    }
  };
  return (
    <WithStep step={step}>
      <form class="stack" aria-busy={busy} onSubmit={submit}>
        <h2 id="teams-connect">{t("teams.register.title", { host })}</h2>
        <p class="dim">{t("teams.register.is-right")}</p>
        <TextField
          label={t("teams.email")}
          value={email}
          problem={emailProblem}
          kind="email"
          hint={t("teams.email-seen")}
          field={field}
          onChange={(value) => {
            setEmail(value);
            setEmailProblem(null);
          }}
        />
        <PassphraseField
          label={t("teams.register.passphrase")}
          hint={t("teams.register.same-passphrase")}
          value={passphrase}
          isWrong={failure === "wrong-passphrase"}
          onChange={setPassphrase}
        />
        {failure === "factor-cancelled" ? (
          <p class="problem" role="alert">
            {t("teams.register.factor-cancelled", { host })}
          </p>
        ) : (
          <Refused failure={failure} origin={code.origin} />
        )}
        <div class="line wrap">
          <button type="submit" class="button primary" disabled={busy || passphrase === "" || email === ""}>
            {t(busy ? "teams.register.working" : "teams.register.action")}
          </button>
          {failure === "email-taken" && (
            <button type="button" class="button" onClick={props.onDevice}>
              {t("teams.other-device-action")}
            </button>
          )}
          <button type="button" class="button plain" disabled={busy} onClick={props.onCancel}>
            {t("action.cancel")}
          </button>
        </div>
      </form>
    </WithStep>
  );
}
