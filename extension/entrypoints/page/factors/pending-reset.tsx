import type { FactorRefusal } from "../../../servers/factor-refusal.ts";
import { cancelReset, type ResetRefusal } from "../../../servers/factor-reset.ts";
import { factorRefusalText } from "../../../ui/factor-text.ts";
import { formatDateTime, t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { RefusedAct } from "../groups/refused-act.tsx";
import { useAct } from "../groups/use-act.ts";
import type { FactorProps } from "./factor-props.ts";
import { inOwnSession } from "./own-session.ts";

/** Somebody with the recovery kit wants all factors gone: who did not ask for that stops it. */
export function PendingReset({ server, known, say, onChanged }: FactorProps) {
  const act = useAct<ResetRefusal | FactorRefusal>();
  const { reset } = known.level;
  if (reset === null) return null;
  const isDue = reset.dueAt <= Date.now();
  const stop = () =>
    act.run(
      () => inOwnSession(server.id, cancelReset),
      () => {
        say({ tone: "done", sentence: t("factors.reset.stopped") });
        onChanged();
      },
    );
  return (
    <div class="notice boxed danger" role="alert" aria-busy={act.busy}>
      <Glyph name="warn" />
      <div class="stack tight grow">
        <p>
          <strong>{t("factors.reset.title")}</strong>
        </p>
        <p>
          {t(isDue ? "factors.reset.what-due" : "factors.reset.what", {
            asked: formatDateTime(reset.askedAt),
            due: formatDateTime(reset.dueAt),
          })}
        </p>
        <p>{t("factors.reset.not-you")}</p>
        <div>
          <button type="button" class="button danger" disabled={act.busy} onClick={stop}>
            {t("factors.reset.stop")}
          </button>
        </div>
        <RefusedAct act={act} words={factorRefusalText} server={server} say={say} />
      </div>
    </div>
  );
}
