import type { GroupView } from "../../../groups/group-view.ts";
import { isCheat } from "../../../groups/trouble.ts";
import { groupStateText, groupTroubleText } from "../../../ui/group-text.ts";
import { t } from "../../../ui/i18n.ts";
import { Glyph } from "../../../ui/icons.tsx";
import { LongWork } from "./long-work.tsx";
import { useNewKeyProgress, useSyncProgress } from "./use-sync-progress.ts";

/**
 * How a group stands, in words, always. What can't be right stands out; what passes by itself does not.
 *
 * @param props.saysNewKey whether it says how far a new key is; not where another part of the page does
 */
export function GroupState(props: { group: GroupView; waiting: number; host: string; saysNewKey: boolean }) {
  const { group } = props;
  const sync = useSyncProgress(group.g, group.serverId);
  const newKey = useNewKeyProgress(group.g);
  if (newKey.progress !== null && props.saysNewKey)
    return <LongWork progress={newKey.progress} isEnding={newKey.isStopped} onStop={newKey.stop} />;
  if (sync.progress !== null || sync.isStopped || group.trouble === "stopped") {
    const start = {
      sentence: groupTroubleText("stopped", props.host),
      action: t("groups.progress.go-on"),
      onStart: sync.goOn,
    };
    return <LongWork progress={sync.progress} isEnding={sync.isStopped} onStop={sync.stop} start={start} />;
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
  return (
    <p class="small dim">
      {sentence}
      {group.trouble === "factor-missing" && (
        <>
          {" "}
          <a href={`#/factors?of=${encodeURIComponent(group.serverId)}`}>{t("factors.access.set-up")}</a>
        </>
      )}
    </p>
  );
}
