import { liveQuery } from "dexie";
import { readServers } from "../servers/connection.ts";
import { db } from "../vault/db.ts";
import { openVaultKey } from "../vault/vault-key.ts";
import { VaultLockedError } from "../vault/vault-locked.ts";
import { holdLines } from "./hold-lines.ts";
import { syncServer } from "./sync.ts";

/** So long after the last change here it is sent: what is typed in one go is one link. */
const SETTLE_MS = 1_500;
/** While a page is looked at, for what was not heard. */
const LOOK_MS = 60_000;

/**
 * Brings all servers in step once. Does nothing where there are none, or the vault is locked. What went wrong is written
 * down with each group.
 */
export async function syncAll(): Promise<void> {
  const key = await openVaultKey();
  if (!key.ok) return;
  for (const { id, secrets } of await readServers()) {
    if (secrets?.token == null) continue;
    try {
      await syncServer(id);
    } catch (error) {
      // Locked in the middle of it: nothing was written, and the next unlocking begins again.
      if (!(error instanceof VaultLockedError)) throw error;
    }
  }
}

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
  const lines = listens ? holdLines(run) : () => {};
  run();
  return () => {
    stopped = true;
    clearTimeout(settling);
    clearInterval(timer);
    changes.unsubscribe();
    document.removeEventListener("visibilitychange", run);
    lines();
  };
}
