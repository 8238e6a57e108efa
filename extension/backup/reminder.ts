import * as z from "zod/mini";
import { readPolicy } from "../policy/policy.ts";
import { db } from "../vault/db.ts";
import { readIndex } from "../vault/entries.ts";
import { openVaultKey } from "../vault/vault-key.ts";

export type BackupReminder = {
  /** Secrets that came into the vault after the last backup. */
  readonly newEntries: number;
  /** Whole days since the last backup, or since there is something to back up. */
  readonly daysSince: number;
};

const MANY_NEW_ENTRIES = 10;
const MANY_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/** @returns null: no reminder is due, the vault is locked, or the organisation forbids backups */
export async function backupReminder(now: number): Promise<BackupReminder | null> {
  if ((await readPolicy()).backupForbidden) return null;
  if (!(await openVaultKey(now)).ok) return null;
  const times = (await readIndex())
    .filter(({ deletedAt }) => deletedAt === null)
    .map(({ secretSetAt }) => secretSetAt);
  if (times.length === 0) return null;
  const since = await lastBackupAt();
  // Entries that are older than the vault were restored into it: some backup has them.
  const vaultMadeAt = (await db.vault.get("vault"))?.createdAt ?? 0;
  const from = since ?? Math.max(vaultMadeAt, Math.min(...times));
  const newEntries = times.filter((time) => (since === null ? time >= vaultMadeAt : time > since)).length;
  const daysSince = Math.max(0, Math.floor((now - from) / DAY_MS));
  return newEntries >= MANY_NEW_ENTRIES || daysSince >= MANY_DAYS ? { newEntries, daysSince } : null;
}

/** The person has the file. */
export async function noteBackupWritten(now: number): Promise<void> {
  await db.settings.put({ id: "last-backup", value: now });
}

/** When the person last got a backup file, in milliseconds since 1970 UTC; null: never. */
export async function lastBackupAt(): Promise<number | null> {
  const stored = z.number().safeParse((await db.settings.get("last-backup"))?.value);
  return stored.success ? stored.data : null;
}
