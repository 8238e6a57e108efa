import { liveQuery } from "dexie";
import { db } from "../vault/db.ts";
import { holdLines } from "./hold-lines.ts";
import { sayInView } from "./in-view.ts";
import { keepSyncAlarm } from "./sync-alarm.ts";
import { syncAll } from "./sync-all.ts";

/** So long after the last change here it is sent: what is typed in one go is one link. */
const SETTLE_MS = 1_500;
/** While a page is looked at, for what was not heard. */
const LOOK_MS = 60_000;

/**
 * Keeps the groups in step while a page is open: at once, after changes made here, whenever a server says that there is
 * something new, when the page comes into view again, and every minute while it is.
 *
 * @param listens whether to hold a line to each server; a popup does not live long enough for one
 * @returns stops it
 */
export function keepInStep({ listens }: { readonly listens: boolean }): () => void {
  let stopped = false;
  let running: Promise<void> | null = null;
  let again = false;
  let settling: ReturnType<typeof setTimeout> | undefined;

  const run = () => {
    if (stopped || document.visibilityState !== "visible") return;
    // What comes while it runs is one more run after it, however much it is.
    if (running) {
      again = true;
      return;
    }
    running = syncAll()
      // For when no page is open: who has signed in, or out, does so in one.
      .then(keepSyncAlarm)
      // A disk that is full or a database that was closed: each page that reads it says so.
      .catch(() => {})
      .finally(() => {
        running = null;
        if (again) {
          again = false;
          run();
        }
      });
  };
  const soon = () => {
    clearTimeout(settling);
    settling = setTimeout(run, SETTLE_MS);
  };

  let seen = -1;
  const changes = liveQuery(() => db.vault.get("vault")).subscribe({
    next: (row) => {
      if (row === undefined || row.rev === seen) return;
      const isFirst = seen === -1;
      seen = row.rev;
      if (!isFirst) soon();
    },
    error: () => {},
  });
  const timer = setInterval(run, LOOK_MS);
  document.addEventListener("visibilitychange", run);
  const outOfView = sayInView();
  const lines = listens ? holdLines(run) : () => {};
  run();
  return () => {
    stopped = true;
    clearTimeout(settling);
    clearInterval(timer);
    changes.unsubscribe();
    document.removeEventListener("visibilitychange", run);
    outOfView();
    lines();
  };
}
