import * as z from "zod/mini";
import { type Bytes, utf8Decode } from "../../../shared/bytes.ts";
import { parseBackup } from "../../../shared/formats/backup.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import { readFromFolder } from "../../platform/folder.ts";
import { readAllRows } from "../../vault/all-rows.ts";
import { readBackupRow, writeBackupRow } from "../../vault/backup-rows.ts";
import { requireVaultKey, type VaultKey } from "../../vault/vault-key.ts";
import { ageOpenerOf } from "../age-file.ts";
import { openInWorker } from "../age-in-worker.ts";
import type { RestoreRefusal } from "../preview-restore.ts";
import { readChosenFolder } from "./chosen-folder.ts";
import { type Comparison, compareBackup } from "./compare-backup.ts";
import { filesInPlace, newestOf } from "./is-due.ts";
import { hashOf } from "./places.ts";
import { readPlan } from "./plan.ts";
import { readFileRecord } from "./written-files.ts";

const trialSchema = z.object({
  version: z.literal(1),
  /** Milliseconds since 1970 UTC, as is when the file was made. */
  at: z.number(),
  madeAt: z.number(),
  fileName: z.string(),
  sha256: z.string(),
  right: z.int(),
  wrong: z.int(),
  later: z.int(),
  changed: z.int(),
  gone: z.int(),
});

/** What came of opening a backup and comparing it, the last time that was done: numbers, and which file. */
export type Trial = Omit<z.infer<typeof trialSchema>, "version">;

export type TriedBackup = { readonly trial: Trial; readonly comparison: Comparison };

/** What is to be tried: a file, and its name. */
export type TrialFile = { readonly name: string; readonly bytes: Bytes };

/**
 * Opens a backup, compares every entry with the vault's, and writes nothing but what came of it. Throws VaultLockedError.
 *
 * @param secret its passphrase, or an identity; null: the passphrase that the vault keeps for backups
 * @returns "needs-secret": it takes one that the vault does not have
 */
export async function tryBackup(
  { name, bytes }: TrialFile,
  secret: string | null,
  now: number = Date.now(),
): Promise<Result<TriedBackup, RestoreRefusal | "needs-secret">> {
  const key = await requireVaultKey();
  const known = secret ?? (await keptPassphrase(key, bytes));
  if (known === null) return err("needs-secret");
  const opened = await openInWorker(bytes, known);
  if (!opened.ok)
    return err(secret === null && opened.error === "wrong-passphrase" ? "needs-secret" : opened.error);
  const text = utf8Decode(opened.value);
  const backup = text.ok ? parseBackup(text.value) : err("not-a-backup" as const);
  if (!backup.ok) return backup;
  const comparison = compareBackup(backup.value, await readAllRows(), now);
  const { right, wrong, later, changed, gone } = comparison;
  const trial: Trial = {
    at: now,
    madeAt: backup.value.createdAt,
    fileName: name,
    sha256: await hashOf(bytes),
    right,
    wrong: wrong.length,
    later: later.length,
    changed: changed.length,
    gone,
  };
  await writeBackupRow(key, "trial", { version: 1, ...trial });
  return ok({ trial, comparison });
}

/** @returns null: none was ever tried */
export async function readTrial(key: VaultKey): Promise<Trial | null> {
  const found = await readBackupRow(key, "trial", trialSchema);
  if (found === null) return null;
  const { version: _, ...trial } = found.value;
  return trial;
}

/**
 * The newest backup that was made by itself, from where it lies. Throws VaultLockedError.
 *
 * "none": there is none. "ask": it is among the downloads, which an extension can't read: the person has to hand it over.
 * "folder-asks": the folder has to be allowed first. "absent": it was moved or renamed. "gone": the folder is.
 */
export async function readNewestFile(): Promise<
  Result<TrialFile, "none" | "ask" | "folder-asks" | "absent" | "gone">
> {
  const key = await requireVaultKey();
  const [plan, record, folder] = await Promise.all([
    readPlan(key),
    readFileRecord(key),
    readChosenFolder(key),
  ]);
  const newest = plan && newestOf(filesInPlace(record, plan, folder?.id ?? null));
  if (!newest) return err("none");
  if (newest.where.kind === "downloads") return err("ask");
  if (folder === null) return err("gone");
  const read = await readFromFolder(folder.handle, newest.name);
  return read.ok ? ok({ name: newest.name, bytes: read.value }) : read;
}

async function keptPassphrase(key: VaultKey, file: Uint8Array): Promise<string | null> {
  const lock = (await readPlan(key))?.lock;
  return lock?.kind === "passphrase" && ageOpenerOf(file) === "passphrase" ? lock.passphrase : null;
}
