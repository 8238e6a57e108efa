import type { SyncProgress } from "../../../groups/sync-progress.ts";
import { syncProgressText } from "../../../ui/group-text.ts";
import { t } from "../../../ui/i18n.ts";

/**
 * Long work in a group: how far it is, and the one button that stops it and begins it, so that the focus stays there.
 *
 * @param props.progress null while it is not under way
 * @param props.isEnding it was stopped, and ends a moment later
 * @param props.start what is said and offered while it is not under way
 */
export function LongWork(props: {
  progress: SyncProgress | null;
  isEnding: boolean;
  onStop: () => void;
  start?: { sentence: string | null; action: string; isBusy?: boolean; onStart: () => void };
}) {
  const { progress, isEnding, start } = props;
  const sentence = progress === null ? start?.sentence : syncProgressText(progress);
  return (
    <div class="sync-progress">
      {progress && <progress max={progress.total} value={progress.done} aria-label={sentence ?? ""} />}
      {sentence && <p class="small dim">{sentence}</p>}
      <button
        type="button"
        class="button"
        disabled={progress === null && start?.isBusy}
        aria-disabled={progress !== null && isEnding}
        onClick={progress === null ? start?.onStart : props.onStop}
      >
        {progress === null ? start?.action : t("groups.progress.stop")}
      </button>
    </div>
  );
}
