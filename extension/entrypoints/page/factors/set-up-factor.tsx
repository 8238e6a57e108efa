import { useEffect } from "preact/hooks";
import type { OfferedModule } from "../../../../shared/mfa/answers.ts";
import { isAboutTyped } from "../../../servers/factor-refusal.ts";
import { formerName, newFactorName } from "../../../ui/factor-list-text.ts";
import { factorRefusalText } from "../../../ui/factor-text.ts";
import { ofLanguage, t } from "../../../ui/i18n.ts";
import { RefusedAct } from "../groups/refused-act.tsx";
import { FactorForm } from "../teams/factor-form.tsx";
import type { FactorProps } from "./factor-props.ts";
import { ProveFactor } from "./prove-factor.tsx";
import { useSetUp } from "./use-set-up.ts";

/** Sets up one factor of a kind: what it asks for first, what it shows, and its first proof. */
export function SetUpFactor(
  props: FactorProps & { module: OfferedModule; onDone: () => void; onClose: () => void },
) {
  const { server, known, module, say } = props;
  const name = newFactorName(module, known.factors);
  const setUp = useSetUp(server.id, module, formerName(module, known.factors));
  const { begun, act } = setUp;
  const isFresh =
    module.isSpare &&
    known.factors.some((factor) => factor.module === module.id && factor.status === "verified");
  const asksNothing = module.setUpForm.length === 0;
  useEffect(() => {
    if (asksNothing) setUp.begin({});
  }, []);
  const close = () => {
    // Nobody waits for the server.
    void setUp.giveUp().then(
      (isTrashed) => isTrashed && say({ tone: "done", sentence: t("factors.set-up.cancelled-kept") }),
      () => {},
    );
    props.onClose();
  };
  const finish = () => {
    const sentence = module.isSpare
      ? t("factors.set-up.done-codes")
      : t("factors.set-up.done", { name, host: server.host });
    say({ tone: "done", sentence });
    props.onDone();
  };
  const atField =
    begun === null && !asksNothing && act.refusal !== null && isAboutTyped(act.refusal)
      ? factorRefusalText(act.refusal, server.host)
      : null;
  const refused = <RefusedAct act={act} words={factorRefusalText} server={server} say={say} />;
  return (
    <div class="stack" role="group" aria-labelledby="set-up-one" aria-busy={act.busy}>
      <h3 id="set-up-one">{t("factors.set-up.kind", { kind: ofLanguage(module.names) })}</h3>
      {isFresh && <p>{t("factors.set-up.fresh-what")}</p>}
      {begun === null && !asksNothing && (
        <FactorForm
          form={module.setUpForm}
          action={t("factors.set-up.begin")}
          busyText={t("factors.set-up.beginning")}
          busy={act.busy}
          refused={atField}
          onSubmit={async (input) => {
            setUp.begin(input);
            return null;
          }}
          onCancel={props.onClose}
        />
      )}
      {begun === null && asksNothing && act.busy && <p class="dim">{t("factors.set-up.beginning")}</p>}
      {begun === null && asksNothing && !act.busy && (
        <div>
          <button type="button" class="button plain" onClick={props.onClose}>
            {t("action.cancel")}
          </button>
        </div>
      )}
      {begun !== null && (
        <ProveFactor {...props} setUp={setUp} begun={begun} onProven={finish} onGiveUp={close} />
      )}
      {atField === null && refused}
    </div>
  );
}
