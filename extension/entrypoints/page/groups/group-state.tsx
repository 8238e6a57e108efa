import type { GroupView } from "../../../groups/group-view.ts";
import { isCheat } from "../../../groups/trouble.ts";
import { groupStateText, groupTroubleText, syncProgressText } from "../../../ui/group-text.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { useSyncProgress } from "./use-sync-progress.ts";

/** How a group stands, in words, always. What can't be right stands out; what passes by itself does not. */
export function GroupState(props: { group: GroupView; waiting: number; host: string }) {
  const { group } = props;
  const { progress, isStopped, stop, goOn } = useSyncProgress(group.g, group.serverId);
  if (progress !== null || isStopped || group.trouble === "stopped") {
    const sentence = progress === null ? groupTroubleText("stopped", props.host) : syncProgressText(progress);
    const isEnding = progress !== null && isStopped;
    return (
      <div class="sync-progress">
        {progress && <progress max={progress.total} value={progress.done} aria-label={sentence} />}
        <p class="small dim">{sentence}</p>
        <button
          type="button"
          class="button"
          aria-disabled={isEnding}
          onClick={progress === null ? goOn : stop}
        >
          {t(progress === null ? "groups.progress.go-on" : "groups.progress.stop")}
        </button>
      </div>
    );
  }
  const sentence = groupStateText(group, props.waiting, props.host);
  const isLie = group.trouble !== null && isCheat(group.trouble);
  if (isLie || group.trouble === "restored")
    return (
      <div class={`notice boxed ${isLie ? "danger" : "warn"}`}>
        <Glyph name="warn" />
        <p>{sentence}</p>
      </div>
    );
  return <p class="small dim">{sentence}</p>;
}
