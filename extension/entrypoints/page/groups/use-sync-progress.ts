import { useEffect, useState } from "preact/hooks";
import { syncServer } from "../../../groups/sync.ts";
import {
  isSyncStopped,
  resumeSync,
  type SyncProgress,
  stopSync,
  syncProgressOf,
  watchSyncProgress,
} from "../../../groups/sync-progress.ts";

type Ongoing = {
  /** How far a group is that this page brings in step; null where nothing comes, or little. */
  readonly progress: SyncProgress | null;
  /** The person has stopped it in this page: what is under way ends a moment later. */
  readonly isStopped: boolean;
  stop(): void;
  goOn(): void;
};

/** A group on its way here: to be stopped, and gone on with. */
export function useSyncProgress(g: string, serverId: string): Ongoing {
  const [now, setNow] = useState(() => stateOf(g));
  useEffect(() => {
    const look = () => setNow(stateOf(g));
    look();
    return watchSyncProgress(look);
  }, [g]);
  return {
    ...now,
    stop: () => stopSync(g),
    goOn() {
      resumeSync(g);
      // How it went is written down with the group; a vault that was locked meanwhile shows by itself.
      void syncServer(serverId).catch(() => {});
    },
  };
}

function stateOf(g: string) {
  return { progress: syncProgressOf(g), isStopped: isSyncStopped(g) };
}
