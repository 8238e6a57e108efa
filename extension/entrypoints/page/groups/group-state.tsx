import type { GroupView } from "../../../groups/group-view.ts";
import { isCheat } from "../../../groups/trouble.ts";
import { groupStateText, syncProgressText } from "../../../ui/group-text.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { useSyncProgress } from "./use-sync-progress.ts";

/** How a group stands, in words, always. What can't be right stands out; what passes by itself does not. */
export function GroupState(props: { group: GroupView; waiting: number; host: string }) {
  const { group } = props;
  const progress = useSyncProgress(group.g);
  if (progress !== null) {
    const sentence = syncProgressText(progress);
    return (
      <div class="sync-progress">
        <progress max={progress.total} value={progress.done} aria-label={sentence} />
        <p class="small dim">{sentence}</p>
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
