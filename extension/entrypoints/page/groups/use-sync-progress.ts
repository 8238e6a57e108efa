import { useEffect, useState } from "preact/hooks";
import { type SyncProgress, syncProgressOf, watchSyncProgress } from "../../../groups/sync-progress.ts";

/** How far a group is that this page brings in step; null where nothing comes, or little. */
export function useSyncProgress(g: string): SyncProgress | null {
  const [progress, setProgress] = useState(() => syncProgressOf(g));
  useEffect(() => {
    const look = () => setProgress(syncProgressOf(g));
    look();
    return watchSyncProgress(look);
  }, [g]);
  return progress;
}
