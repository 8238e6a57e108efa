import { clearAllAlarms } from "../platform/alarms.ts";
import { forgetStorage } from "../platform/forget-storage.ts";
import { forgetGrantedOrigins } from "../platform/granted-origins.ts";
import { db } from "./db.ts";
import { withVaultLock } from "./vault-lock.ts";

/** What stays: how the interface looks. Nothing in it says that there ever was a vault. */
const KEPT_LOCALLY = ["preferences"];

/** How many entries there are, trash included. It can be told while the vault is locked. */
export function countEntries(): Promise<number> {
  return db.entries.count();
}

/**
 * Deletes everything that the extension keeps: first the vault, all of it in one transaction, then what session and
 * local storage hold, alarms, and permissions for sites. Final. Throws where the database refuses; then nothing is gone.
 */
export async function eraseEverything(): Promise<void> {
  // Tables are emptied, not the database deleted: other pages keep watching it, and see that nothing is left.
  await withVaultLock(() =>
    db.transaction("rw", db.tables, async () => {
      for (const table of db.tables) await table.clear();
    }),
  );
  await Promise.all([forgetStorage(KEPT_LOCALLY), clearAllAlarms(), forgetGrantedOrigins()]);
}
