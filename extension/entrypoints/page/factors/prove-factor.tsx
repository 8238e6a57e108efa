import type { OfferedModule } from "../../../../shared/mfa/answers.ts";
import type { Lack } from "../../../../shared/mfa/refusal.ts";
import { err, ok } from "../../../../shared/result.ts";
import { t } from "../../../ui/i18n.ts";
import { AnswerFactor, isOfMessage } from "../factor-step/answer-factor.tsx";
import { wantsBrowser } from "../factor-step/choose-factor.ts";
import { FactorShown } from "../teams/factor-shown.tsx";
import { codeNow } from "./draft-of.ts";
import type { FactorProps } from "./factor-props.ts";
import { KeepHere } from "./keep-here.tsx";
import type { Begun, useSetUp } from "./use-set-up.ts";

/** What was begun, and the form for its first proof. */
export function ProveFactor(
  props: FactorProps & {
    module: OfferedModule;
    setUp: ReturnType<typeof useSetUp>;
    begun: Begun;
    onProven: () => void;
    onGiveUp: () => void;
  },
) {
  const { module, server, setUp, begun } = props;
  const { draft, challenge, session } = begun;
  const askFirst = (lack: Lack) => {
    let isAsked = false;
    setUp.act.run<void>(
      async () => {
        if (isAsked) return ok(undefined);
        isAsked = true;
        return err(lack);
      },
      () => {},
    );
  };
  const offer =
    draft !== null && setUp.isKept
      ? { label: t("factors.keep.fill"), text: () => codeNow(draft) }
      : undefined;
  return (
    <>
      <FactorShown
        shown={challenge.shown.filter((each) => !isOfMessage(each))}
        of={{ host: server.host, email: server.email }}
      >
        {draft !== null && <KeepHere draft={draft} isKept={setUp.isKept} onKept={setUp.keptAs} />}
      </FactorShown>
      <div class="stack tight">
        {module.isSpare && <p>{t("factors.set-up.prove-codes")}</p>}
        {wantsBrowser(module) && <p>{t("factors.set-up.prove-passkey")}</p>}
        <AnswerFactor
          {...{ session, module, offer }}
          factorId={challenge.factorId}
          begun={challenge}
          action={t("factors.set-up.prove")}
          onShown={props.onProven}
          onCancel={props.onGiveUp}
          onLack={askFirst}
        />
      </div>
    </>
  );
}
