import type { ActRefusal } from "../../../groups/act.ts";
import { rotateIfDue } from "../../../groups/rotate.ts";
import { actRefusalText, groupTroubleText } from "../../../ui/group-text.ts";
import { t } from "../../../ui/i18n.ts";
import type { GroupProps } from "./group-props.ts";
import { LongWork } from "./long-work.tsx";
import { RefusedAct } from "./refused-act.tsx";
import { useAct } from "./use-act.ts";
import { useNewKeyProgress } from "./use-sync-progress.ts";

/**
 * Somebody has left with the group's key: whoever of those who stay comes first makes another. How far one is that this
 * page makes is said here, whoever asked for it.
 */
export function NewKey({ group, server, say, newKeyShown }: GroupProps) {
  const act = useAct<ActRefusal>();
  const { progress, isStopped, stop } = useNewKeyProgress(group.g);
  const make = () =>
    act.run(
      () => rotateIfDue(group.g),
      () => say({ tone: "done", sentence: t("groups.key-made", { group: group.name }) }),
    );
  const begin = t(isStopped ? "groups.progress.go-on" : "groups.key-make");
  const start = {
    sentence: isStopped ? groupTroubleText("key-stopped", server.host) : null,
    action: act.busy ? t("groups.working") : begin,
    isBusy: act.busy,
    onStart: make,
  };
  const refused = act.refusal === "key-stopped" ? { ...act, refusal: null } : act;
  return (
    <div class="notice boxed warn" role="group" aria-label={t("groups.key-due")} aria-busy={act.busy}>
      <div class="stack tight grow">
        <p>
          <strong>{t("groups.key-due")}</strong>
        </p>
        <p>{t("groups.key-why")}</p>
        <RefusedAct act={refused} words={actRefusalText} server={server} say={say} />
        <LongWork
          progress={newKeyShown.isElsewhere ? null : progress}
          isEnding={isStopped}
          onStop={stop}
          start={start}
        />
      </div>
    </div>
  );
}
