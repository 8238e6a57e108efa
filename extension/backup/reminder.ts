import * as z from "zod/mini";
import { readPolicy } from "../policy/policy.ts";
import { contentsMark } from "../vault/all-rows.ts";
import { db } from "../vault/db.ts";
import { readIndex } from "../vault/entries.ts";
import { openVaultKey, type VaultKey } from "../vault/vault-key.ts";
import { dueFrom, filesInPlace, isDue, isTime, newestOf } from "./automatic/is-due.ts";
import { folderIdOf } from "./automatic/places.ts";
import { type Plan, readPlan } from "./automatic/plan.ts";
import { type Failure, readFileRecord } from "./automatic/written-files.ts";

/** What there is to say of backups. */
export type BackupReminder =
  | {
      /** The person has to make one. */
      readonly kind: "due";
      /** Secrets that came into the vault after the last backup. */
      readonly newEntries: number;
      /** Whole days since the last backup, or since there is something to back up. */
      readonly daysSince: number;
    }
  | {
      /** One should have been made by itself, and was not. */
      readonly kind: "not-made";
      /** null: no page was open for long enough. */
      readonly why: Failure | null;
    };

const MANY_NEW_ENTRIES = 10;
const MANY_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;
/** So long after it was due it is said that a backup was not made: until then it may just not have come to it. */
const PATIENCE_MS = 2 * DAY_MS;

/** @returns null: no reminder is due, the vault is locked, or the organisation forbids backups */
export async function backupReminder(now: number): Promise<BackupReminder | null> {
  if ((await readPolicy()).backupForbidden) return null;
  const key = await openVaultKey(now);
  if (!key.ok) return null;
  const plan = await readPlan(key.value);
  return plan?.isOn ? automaticReminder(key.value, plan, now) : ownReminder(now);
}

async function automaticReminder(key: VaultKey, plan: Plan, now: number): Promise<BackupReminder | null> {
  const record = await readFileRecord(key);
  const inPlace = filesInPlace(record, plan, await folderIdOf(plan, key));
  if (!isTime(plan, inPlace, now)) return null;
  const { mark, entries } = await contentsMark();
  if (entries === 0 || !isDue(plan, inPlace, mark, now)) return null;
  if (record.failure !== null) return { kind: "not-made", why: record.failure.why };
  const newest = newestOf(inPlace);
  const since = newest === null ? plan.lockSetAt : Math.max(dueFrom(plan, newest), plan.lockSetAt);
  return now - since >= PATIENCE_MS ? { kind: "not-made", why: null } : null;
}

async function ownReminder(now: number): Promise<BackupReminder | null> {
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
  return newEntries >= MANY_NEW_ENTRIES || daysSince >= MANY_DAYS
    ? { kind: "due", newEntries, daysSince }
    : null;
}

/** There is a file: the person has it, or it was made by itself. */
export async function noteBackupWritten(now: number): Promise<void> {
  await db.settings.put({ id: "last-backup", value: now });
}

/** When the last backup file was made, in milliseconds since 1970 UTC; null: never. */
export async function lastBackupAt(): Promise<number | null> {
  const stored = z.number().safeParse((await db.settings.get("last-backup"))?.value);
  return stored.success ? stored.data : null;
}
