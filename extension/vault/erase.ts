import { clearAllAlarms } from "../platform/alarms.ts";
import { forgetStorage } from "../platform/forget-storage.ts";
import { forgetGrantedOrigins } from "../platform/granted-origins.ts";
import { forgetPasskey } from "../platform/passkey-prompt.ts";
import { db } from "./db.ts";
import { passkeyCredentials } from "./passkeys.ts";
import { withVaultLock } from "./vault-lock.ts";

/** What stays: how the interface looks. Nothing in it says that there ever was a vault. */
const KEPT_LOCALLY = ["preferences"];

/** How many entries there are, trash included. It can be told while the vault is locked. */
export function countEntries(): Promise<number> {
  return db.entries.count();
}

/**
 * Deletes everything that the extension keeps: first the vault, all of it in one transaction, then what session and
 * local storage hold, alarms, and permissions for sites. The browser is told which passkeys open nothing any more. Final.
 * Throws where the database refuses; then nothing is gone.
 *
 * @returns how many passkeys the vault had: where the browser can't drop them, the person has to
 */
export async function eraseEverything(): Promise<{ readonly passkeys: number }> {
  // Tables are emptied, not the database deleted: other pages keep watching it, and see that nothing is left.
  const passkeys = await withVaultLock(() =>
    db.transaction("rw", db.tables, async () => {
      const credentials = await passkeyCredentials();
      for (const table of db.tables) await table.clear();
      return credentials;
    }),
  );
  await Promise.all([
    forgetStorage(KEPT_LOCALLY),
    clearAllAlarms(),
    forgetGrantedOrigins(),
    ...passkeys.map(forgetPasskey),
  ]);
  return { passkeys: passkeys.length };
}
