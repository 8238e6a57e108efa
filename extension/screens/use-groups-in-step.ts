import { useEffect } from "preact/hooks";
import { watchHasServer } from "../servers/has-server.ts";

/**
 * Keeps this person's groups in step with their servers while the page is open and the vault unlocked. Loaded after what is
 * here was drawn, and only for whoever is connected to a server.
 */
export function useGroupsInStep(isUnlocked: boolean, { listens }: { readonly listens: boolean }): void {
  useEffect(() => {
    if (!isUnlocked) return;
    let isOver = false;
    let stop: (() => void) | null = null;
    const stopWatching = watchHasServer((hasServer) => {
      if (!hasServer) {
        if (stop === null) return;
        stop();
        stop = null;
        return void import("../groups/sync-alarm.ts").then(({ keepSyncAlarm }) => keepSyncAlarm());
      }
      void import("../groups/keep-in-step.ts").then(({ keepInStep }) => {
        if (!isOver && stop === null) stop = keepInStep({ listens });
      });
    });
    return () => {
      isOver = true;
      stopWatching();
      stop?.();
    };
  }, [isUnlocked, listens]);
}
