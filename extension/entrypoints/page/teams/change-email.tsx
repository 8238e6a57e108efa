import { useState } from "preact/hooks";
import { writeOwnAddress } from "../../../groups/own-address.ts";
import { changeEmail, type EmailRefusal } from "../../../servers/change-email.ts";
import type { KnownServer } from "../../../servers/connection.ts";
import { hostOf } from "../../../servers/server-address.ts";
import { countingPassphrase } from "../../../servers/stored-server.ts";
import { t } from "../../../ui/i18n.ts";
import { TextField } from "../../../ui/text-field.tsx";
import { useFocus } from "../../../ui/use-focus.ts";
import { useShowFactor } from "../factor-step/use-show-factor.tsx";
import { WithStep } from "../factor-step/with-step.tsx";
import { useAct } from "../groups/use-act.ts";
import type { SectionProps } from "../section-props.ts";
import { isEmailAddress } from "./email-address.ts";
import { PassphraseField } from "./passphrase-field.tsx";
import { passphraseLabel } from "./passphrase-label.ts";
import { Refused } from "./refused.tsx";

/** Another address to sign in with, typed twice: a mistyped one would be missed at the next sign-in. */
export function ChangeEmail(props: {
  server: KnownServer;
  /** Null where what is stored is damaged. */
  email: string;
  say: SectionProps["say"];
  onClose: () => void;
}) {
  const { server, say } = props;
  const host = hostOf(server.origin);
  const [email, setEmail] = useState("");
  const [again, setAgain] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [problem, setProblem] = useState<{ at: "email" | "again"; sentence: string } | null>(null);
  const act = useAct<EmailRefusal>();
  const first = useFocus<HTMLInputElement>();
  const { showFactor, step } = useShowFactor();
  const change = (value: string, set: (value: string) => void) => {
    setProblem(null);
    set(value);
  };
  const wrong = (): typeof problem => {
    if (!isEmailAddress(email)) return { at: "email", sentence: t("teams.email-problem") };
    if (email.trim() === props.email) return { at: "email", sentence: t("teams.email-change.same") };
    if (email.trim() !== again.trim()) return { at: "again", sentence: t("teams.email-change.differ") };
    return null;
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const found = wrong();
    setProblem(found);
    if (found !== null) return;
    act.run(
      () => changeEmail(server.id, { email, passphrase }, showFactor),
      (changed) => {
        say({ tone: "done", sentence: t("teams.email-change.done", { host, email: changed.email }) });
        // Where it can't be done now, the former one stays beside their name; nothing depends on it.
        void writeOwnAddress(server.id).catch(() => {});
        props.onClose();
      },
    );
  };
  const fields = [
    { at: "email", label: t("teams.email-change.new"), value: email, set: setEmail },
    { at: "again", label: t("teams.email-change.again"), value: again, set: setAgain },
  ] as const;
  return (
    <WithStep step={step}>
      <form class="stack" aria-busy={act.busy} onSubmit={submit}>
        <h3>{t("teams.email-change.title")}</h3>
        <div class="stack tight dim">
          <p>{t("teams.email-change.what")}</p>
          <p>{t("teams.email-change.others")}</p>
          <p>{t("teams.email-change.paper")}</p>
        </div>
        {fields.map(({ at, label, value, set }) => (
          <TextField
            key={at}
            kind="email"
            label={label}
            value={value}
            problem={problem?.at === at ? problem.sentence : null}
            {...(at === "email" && { field: first })}
            onChange={(typed) => change(typed, set)}
          />
        ))}
        <PassphraseField
          label={passphraseLabel(server.secrets === null ? "vault" : countingPassphrase(server.secrets))}
          hint={t("teams.email-change.passphrase-why")}
          value={passphrase}
          isWrong={act.refusal === "wrong-passphrase" || act.refusal === "neither"}
          onChange={setPassphrase}
        />
        <Refused failure={act.refusal} origin={server.origin} />
        <div class="line wrap">
          <button
            type="submit"
            class="button primary"
            disabled={act.busy || [email, again, passphrase].includes("")}
          >
            {t(act.busy ? "teams.email-change.working" : "teams.email-change.action")}
          </button>
          <button type="button" class="button plain" disabled={act.busy} onClick={props.onClose}>
            {t("action.cancel")}
          </button>
        </div>
      </form>
    </WithStep>
  );
}
