import type { ListedFactor } from "../../../../shared/mfa/answers.ts";
import type { FactorRefusal } from "../../../servers/factor-refusal.ts";
import { isWayIn, removeFactor } from "../../../servers/factors.ts";
import { isOfProvider } from "../../../ui/factor-list-text.ts";
import { factorRefusalText } from "../../../ui/factor-text.ts";
import { language, t } from "../../../ui/i18n.ts";
import { useFocus } from "../../../ui/use-focus.ts";
import { RefusedAct } from "../groups/refused-act.tsx";
import { Sure } from "../groups/sure.tsx";
import { useAct } from "../groups/use-act.ts";
import type { FactorProps } from "./factor-props.ts";
import { inOwnSession } from "./own-session.ts";

/** Says what follows before a second factor is removed, the last one above all; or why it can't be. */
export function RemoveFactor(
  props: FactorProps & { factor: ListedFactor; name: string; onClose: () => void },
) {
  const { factor, known, server, say, name } = props;
  const act = useAct<FactorRefusal>();
  // As the server counts them: one that lets nobody in leaves nobody with a factor.
  const others = known.factors.filter(({ id, countsForSignIn }) => id !== factor.id && countsForSignIn);
  const isLast = isWayIn(factor) && !others.some(isWayIn);
  if (isLast && known.level.dueAt !== null)
    return <Wanted sentence={t("factors.remove-wanted", { host: server.host })} onClose={props.onClose} />;
  const remove = () =>
    act.run(
      () => inOwnSession(server.id, (session) => removeFactor(session, factor.id, isLast, [language()])),
      () => {
        say({ tone: "done", sentence: t("factors.removed", { name }) });
        props.onClose();
        props.onChanged();
      },
    );
  return (
    <Sure
      action={t("factors.remove-named", { name })}
      busy={act.busy}
      onSure={remove}
      onCancel={props.onClose}
    >
      <p>
        {factor.strength === null
          ? t("factors.remove-off", { host: server.host })
          : t("factors.remove-what", { name })}
      </p>
      {isLast && (
        <p>
          <strong>{t("factors.remove-last", { host: server.host })}</strong>
          {others.some(({ isSpare }) => isSpare) && ` ${t("factors.remove-spare")}`}
        </p>
      )}
      {isOfProvider(factor.module) && <p>{t("factors.remove-outside", { host: server.host })}</p>}
      {factor.module === "totp" && <p>{t("factors.remove-in-authenticator")}</p>}
      <RefusedAct act={act} words={factorRefusalText} server={server} say={say} />
    </Sure>
  );
}

function Wanted({ sentence, onClose }: { sentence: string; onClose: () => void }) {
  const close = useFocus<HTMLButtonElement>();
  return (
    <div class="notice boxed" role="group" aria-label={sentence}>
      <p class="grow">{sentence}</p>
      <button ref={close} type="button" class="button" onClick={onClose}>
        {t("action.close")}
      </button>
    </div>
  );
}
