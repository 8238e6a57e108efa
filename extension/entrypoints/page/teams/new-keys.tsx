import { useState } from "preact/hooks";
import { takeNewKeys } from "../../../groups/take-new-keys.ts";
import type { ReplaceRefusal } from "../../../servers/replace-keys.ts";
import { t } from "../../../ui/i18n.ts";
import { useShowFactor } from "../factor-step/use-show-factor.tsx";
import { WithStep } from "../factor-step/with-step.tsx";
import { useAct } from "../groups/use-act.ts";
import type { SectionProps } from "../section-props.ts";
import { PassphraseField } from "./passphrase-field.tsx";
import { Refused } from "./refused.tsx";

/** Says what new keys do and what they don't, and makes them with the passphrase. */
export function NewKeys(props: {
  serverId: string;
  origin: string;
  host: string;
  hasVaultPassphrase: boolean;
  say: SectionProps["say"];
  onClose: () => void;
}) {
  const { serverId, origin, host, say } = props;
  const [passphrase, setPassphrase] = useState("");
  const act = useAct<ReplaceRefusal>();
  const { busy, refusal } = act;
  const { showFactor, step } = useShowFactor();
  const submit = (event: Event) => {
    event.preventDefault();
    act.run(
      () => takeNewKeys(serverId, passphrase, showFactor),
      ({ isFinished }) => {
        say({
          tone: isFinished ? "done" : "warn",
          sentence: t(isFinished ? "teams.new-keys.done" : "teams.new-keys.done-in-part"),
        });
        props.onClose();
      },
    );
  };
  return (
    <WithStep step={step}>
      <form class="notice boxed" aria-labelledby={`new-keys-${serverId}`} aria-busy={busy} onSubmit={submit}>
        <div class="stack tight grow">
          <h3 id={`new-keys-${serverId}`}>{t("teams.new-keys.title")}</h3>
          <p>{t("teams.new-keys.why")}</p>
          <p>
            <strong>{t("teams.new-keys.cannot")}</strong>
          </p>
          <p>{t("teams.new-keys.kit")}</p>
          <PassphraseField
            label={t(props.hasVaultPassphrase ? "teams.new-keys.passphrase" : "teams.again.passphrase-other")}
            hint={t("teams.new-keys.passphrase-why", { host })}
            value={passphrase}
            isWrong={refusal !== null}
            onChange={setPassphrase}
          />
          <Refused failure={refusal} origin={origin} />
          <div class="line wrap">
            <button type="submit" class="button primary" disabled={busy || passphrase === ""}>
              {t(busy ? "teams.new-keys.working" : "teams.new-keys.action")}
            </button>
            <button type="button" class="button plain" disabled={busy} onClick={props.onClose}>
              {t("action.cancel")}
            </button>
          </div>
        </div>
      </form>
    </WithStep>
  );
}
