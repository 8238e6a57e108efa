import { useEffect } from "preact/hooks";
import type { OfferedModule } from "../../../../shared/mfa/answers.ts";
import type { Input } from "../../../../shared/mfa/form.ts";
import { codeAt } from "../../../../shared/otp/code.ts";
import type { FactorRefusal } from "../../../servers/factor-refusal.ts";
import { newFactorName } from "../../../ui/factor-list-text.ts";
import { factorRefusalText } from "../../../ui/factor-text.ts";
import { ofLanguage, t } from "../../../ui/i18n.ts";
import { askCredential } from "../factor-step/ask-credential.ts";
import { wantsBrowser } from "../factor-step/choose-factor.ts";
import { RefusedAct } from "../groups/refused-act.tsx";
import { FactorForm } from "../teams/factor-form.tsx";
import { FactorShown } from "../teams/factor-shown.tsx";
import type { FactorProps } from "./factor-props.ts";
import { KeepHere } from "./keep-here.tsx";
import { type Begun, useSetUp } from "./use-set-up.ts";

/** Sets up one factor of a kind: what it asks for first, what it shows, and its first proof. */
export function SetUpFactor(
  props: FactorProps & { module: OfferedModule; onDone: () => void; onClose: () => void },
) {
  const { server, known, module, say } = props;
  const name = newFactorName(module, known.factors);
  const setUp = useSetUp(server.id, module, name);
  const { begun, act } = setUp;
  const isFresh = module.isSpare && known.factors.some((factor) => factor.module === module.id);
  const asksNothing = module.setUpForm.length === 0;
  useEffect(() => {
    if (asksNothing) setUp.begin({});
  }, []);
  const close = async () => {
    const isTrashed = await setUp.giveUp().catch(() => false);
    if (isTrashed) say({ tone: "done", sentence: t("factors.set-up.cancelled-kept") });
    props.onClose();
  };
  const finish = () => {
    const sentence = module.isSpare
      ? t("factors.set-up.done-codes")
      : t("factors.set-up.done", { name, host: server.host });
    say({ tone: "done", sentence });
    props.onDone();
  };
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
          onSubmit={async (input) => {
            setUp.begin(input);
            return null;
          }}
          onCancel={props.onClose}
        />
      )}
      {begun === null && act.busy && <p class="dim">{t("factors.set-up.beginning")}</p>}
      {begun === null && asksNothing && !act.busy && (
        <div>
          <button type="button" class="button plain" onClick={props.onClose}>
            {t("action.cancel")}
          </button>
        </div>
      )}
      {begun !== null && <Prove {...props} setUp={setUp} begun={begun} onProven={finish} onGiveUp={close} />}
      {refused}
    </div>
  );
}

/** What was begun, and the form for its first proof. */
function Prove(
  props: FactorProps & {
    module: OfferedModule;
    setUp: ReturnType<typeof useSetUp>;
    begun: Begun;
    onProven: () => void;
    onGiveUp: () => void;
  },
) {
  const { module, server, setUp, begun } = props;
  const { draft, shown, challenge } = begun;
  const prove = async (input: Input): Promise<string | null> => {
    const proven = await setUp.prove(input);
    if (proven.ok) {
      props.onProven();
      return null;
    }
    if (!isStepUp(proven.error)) return factorRefusalText(proven.error, server.host);
    // What the server wants first is asked for below, and this goes on by itself afterwards.
    setUp.act.run(() => setUp.prove(input), props.onProven);
    return null;
  };
  const isSent = challenge.shown.some(({ kind }) => kind === "sent");
  const once = shown.filter(({ kind }) => kind !== "sent");
  const offer =
    draft !== null && setUp.isKept
      ? {
          label: t("factors.keep.fill"),
          text: () => {
            const code = codeAt(draft, Date.now());
            return code.ok ? code.value : null;
          },
        }
      : undefined;
  return (
    <>
      <FactorShown shown={once} of={{ host: server.host, email: server.email }}>
        {draft !== null && <KeepHere draft={draft} isKept={setUp.isKept} onKept={setUp.keptAs} />}
      </FactorShown>
      <FactorForm
        form={module.proofForm}
        action={t(wantsBrowser(module) ? "factors.set-up.passkey-action" : "factors.set-up.prove")}
        offer={offer}
        credential={() => askCredential(server.origin, challenge.shown)}
        onSubmit={prove}
        onCancel={props.onGiveUp}
      >
        {module.isSpare && <p>{t("factors.set-up.prove-codes")}</p>}
        {wantsBrowser(module) && <p>{t("factors.set-up.prove-passkey")}</p>}
        <FactorShown
          shown={challenge.shown.filter(({ kind }) => kind === "sent")}
          of={{ host: server.host, email: server.email }}
        />
      </FactorForm>
      {isSent && (
        <div>
          <button type="button" class="button plain" disabled={setUp.act.busy} onClick={setUp.askAgain}>
            {t("factors.set-up.again")}
          </button>
        </div>
      )}
    </>
  );
}

const STEP_UPS: readonly FactorRefusal[] = [
  "sign-in-again",
  "signed-out",
  "factor-needed",
  "factor-again",
  "factor-missing",
];

function isStepUp(refusal: FactorRefusal): boolean {
  return STEP_UPS.includes(refusal);
}
