import { lastBackupAt } from "../../../backup/reminder.ts";
import { readIndex } from "../../../vault/entries.ts";
import { passkeyCredentials } from "../../../vault/passkeys.ts";

/** What this device has, for whoever wants to know. */
export interface DataFacts {
  readonly entries: number;
  readonly inTrash: number;
  readonly passkeys: number;
  /** Milliseconds since 1970 UTC; null: there never was a backup. */
  readonly lastBackupAt: number | null;
  /** Bytes that the browser counts for everything the extension keeps, and how many it would give; null where it won't say. */
  readonly bytes: { readonly used: number; readonly available: number } | null;
}

/** Throws VaultLockedError, and where the database can't be read. */
export async function readDataFacts(): Promise<DataFacts> {
  const [rows, passkeys, backup, { usage, quota }] = await Promise.all([
    readIndex(),
    passkeyCredentials(),
    lastBackupAt(),
    navigator.storage.estimate(),
  ]);
  const inTrash = rows.filter(({ deletedAt }) => deletedAt !== null).length;
  return {
    entries: rows.length - inTrash,
    inTrash,
    passkeys: passkeys.length,
    lastBackupAt: backup,
    bytes: usage === undefined || quota === undefined ? null : { used: usage, available: quota },
  };
}
