import type { ActRefusal } from "../../../groups/act.ts";
import { rotateIfDue } from "../../../groups/rotate.ts";
import { actRefusalText } from "../../../ui/group-text.ts";
import { t } from "../../../ui/i18n.ts";
import type { GroupProps } from "./group-props.ts";
import { RefusedAct } from "./refused-act.tsx";
import { useAct } from "./use-act.ts";

/** Somebody has left with the group's key: whoever of those who stay comes first makes another. */
export function NewKey({ group, server, say }: GroupProps) {
  const act = useAct<ActRefusal>();
  const make = () =>
    act.run(
      () => rotateIfDue(group.g),
      () => say({ tone: "done", sentence: t("groups.key-made", { group: group.name }) }),
    );
  return (
    <div class="notice boxed warn" role="group" aria-label={t("groups.key-due")} aria-busy={act.busy}>
      <div class="stack tight grow">
        <p>
          <strong>{t("groups.key-due")}</strong>
        </p>
        <p>{t("groups.key-why")}</p>
        <RefusedAct act={act} words={actRefusalText} server={server} say={say} />
        <div>
          <button type="button" class="button" disabled={act.busy} onClick={make}>
            {t(act.busy ? "groups.working" : "groups.key-make")}
          </button>
        </div>
      </div>
    </div>
  );
}
