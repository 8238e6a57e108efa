import { useEffect, useState } from "preact/hooks";
import { syncServer } from "../../../groups/sync.ts";
import {
  isNewKeyStopped,
  isOfNewKey,
  isSyncStopped,
  resumeSync,
  type SyncProgress,
  stopNewKey,
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
  const { progress, isStopped } = useProgress(g);
  return {
    progress: progress === null || isOfNewKey(progress) ? null : progress,
    isStopped,
    stop: () => stopSync(g),
    goOn() {
      resumeSync(g);
      // How it went is written down with the group; a vault that was locked meanwhile shows by itself.
      void syncServer(serverId).catch(() => {});
    },
  };
}

/** A group's new key that this page makes, by an act or after new keys of the person's own: to be stopped before it counts. */
export function useNewKeyProgress(g: string): Omit<Ongoing, "goOn"> {
  const { progress, isKeyStopped } = useProgress(g);
  return {
    progress: progress !== null && isOfNewKey(progress) ? progress : null,
    isStopped: isKeyStopped,
    stop: () => stopNewKey(g),
  };
}

function useProgress(g: string) {
  const [now, setNow] = useState(() => stateOf(g));
  useEffect(() => {
    const look = () => setNow(stateOf(g));
    look();
    return watchSyncProgress(look);
  }, [g]);
  return now;
}

function stateOf(g: string) {
  return { progress: syncProgressOf(g), isStopped: isSyncStopped(g), isKeyStopped: isNewKeyStopped(g) };
}
