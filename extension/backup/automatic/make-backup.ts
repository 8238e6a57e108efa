import * as z from "zod/mini";
import { type Bytes, utf8Decode } from "../../../shared/bytes.ts";
import { parseBackup } from "../../../shared/formats/backup.ts";
import { ForbiddenByPolicyError } from "../../policy/forbidden.ts";
import { readPolicy } from "../../policy/policy.ts";
import { contentsMark } from "../../vault/all-rows.ts";
import { readBackupRow, writeBackupRow } from "../../vault/backup-rows.ts";
import { db } from "../../vault/db.ts";
import { openVaultKey, requireVaultKey, type VaultKey } from "../../vault/vault-key.ts";
import { VaultLockedError } from "../../vault/vault-locked.ts";
import { openInWorker, sealInWorker } from "../age-in-worker.ts";
import { noteBackupWritten } from "../reminder.ts";
import { backupName, backupText } from "../write-backup.ts";
import { withBackupLock } from "./backup-lock.ts";
import { filesToRemove } from "./files-to-remove.ts";
import { filesInPlace, isDue, isTime, RETRY_MS } from "./is-due.ts";
import { folderIdOf, hashOf, type Place, placeOf } from "./places.ts";
import { type Plan, readPlan } from "./plan.ts";
import {
  type Failure,
  type FileRecord,
  readFileRecord,
  type WrittenFile,
  writeFileRecord,
} from "./written-files.ts";

/** Who wants it: the extension, because it may be due; or the person, now. */
export type Wish = "if-due" | "now";

export type Making =
  | { readonly kind: "made"; readonly file: WrittenFile }
  | { readonly kind: "failed"; readonly why: Failure }
  | {
      readonly kind: "nothing";
      readonly why: "off" | "forbidden" | "locked" | "empty" | "not-due" | "busy" | "waiting";
    };

const DAY_MS = 24 * 60 * 60 * 1000;

const begunSchema = z.object({
  version: z.literal(1),
  at: z.number(),
  entries: z.int(),
  leftOut: z.int(),
  lockId: z.string(),
  mark: z.string(),
  /** Of what it was encrypted from, and of the file. */
  textSha256: z.string(),
  sha256: z.string(),
  /** Whether it was opened again and compared; what is encrypted to keys can't be. */
  isChecked: z.boolean(),
});

/** A file that is encrypted and not at its place yet. */
type Begun = z.infer<typeof begunSchema> & { readonly file: Bytes };

/**
 * Makes a backup by the plan, one at a time in all pages. Each step that takes a second is kept as soon as it is done, so
 * that a popup that closes loses no more than that step: the next page goes on from there. A file counts only after it
 * was looked at where it lies, and only then an older one goes. Never throws: what fails is noted for the reminder.
 */
export async function makeBackup(wish: Wish, now: number = Date.now()): Promise<Making> {
  const made = await withBackupLock(wish === "now" ? "wait" : "pass-by", async () => {
    const key = await openVaultKey();
    if (!key.ok) return nothing("locked");
    try {
      return await make(key.value, wish, now);
    } catch (error) {
      if (error instanceof VaultLockedError) return nothing("locked");
      if (error instanceof ForbiddenByPolicyError) return nothing("forbidden");
      return await failed(key.value, "failed", now);
    }
  });
  return made ?? nothing("busy");
}

async function make(key: VaultKey, wish: Wish, now: number): Promise<Making> {
  if ((await readPolicy()).backupForbidden) return nothing("forbidden");
  const plan = await readPlan(key);
  if (plan === null || !plan.isOn) return nothing("off");
  const [place, folderId] = await Promise.all([placeOf(plan, key), folderIdOf(plan, key)]);
  const record = place.ok ? await settled(key, place.value) : await readFileRecord(key);
  const inPlace = filesInPlace(record, plan, folderId);
  // Asked first, since to know what has changed takes a look at all rows.
  if (wish === "if-due" && !isTime(plan, inPlace, now)) return nothing("not-due");
  const { mark, entries } = await contentsMark();
  // What deleted everything must not push out the files that still have it.
  if (entries === 0) return nothing("empty");
  if (wish === "if-due") {
    if (!isDue(plan, inPlace, mark, now)) return nothing("not-due");
    if (isWaiting(record, now)) return nothing("waiting");
  }
  if (!place.ok) return failed(key, place.error, now);
  const begun = await checked(key, plan, await begunFor(key, plan, mark, wish, now));
  if (begun === null) return failed(key, "not-verified", now);
  // The vault may have been locked, or backups forbidden, while the key was derived.
  await requireVaultKey();
  if ((await readPolicy()).backupForbidden) return nothing("forbidden");
  // Or backups were switched off.
  if ((await readPlan(key))?.isOn !== true) return nothing("off");
  return put(key, plan, place.value, begun, now);
}

/** A file that was begun counts if it came to its end, and is forgotten if not. */
async function settled(key: VaultKey, place: Place): Promise<FileRecord> {
  const record = await readFileRecord(key);
  if (record.files.every(({ isVerified }) => isVerified)) return record;
  const files = await Promise.all(
    record.files.map(async (file) => {
      if (file.isVerified || !isAt(file, place)) return file;
      const where = await place.settle(file);
      return where && { ...file, where, isVerified: true };
    }),
  );
  const next = { ...record, files: files.filter((file) => file !== null) };
  await writeFileRecord(key, next);
  return next;
}

function isAt({ where }: WrittenFile, { folderId }: Place): boolean {
  return where.kind === "folder" ? where.folder === folderId : folderId === null;
}

/** Whatever costs a key derivation and has just failed is not tried at every opening. */
function isWaiting({ failure }: FileRecord, now: number): boolean {
  if (failure === null || !["not-written", "not-verified", "failed"].includes(failure.why)) return false;
  return now >= failure.at && now - failure.at < RETRY_MS;
}

/** What was begun before, if it is still wanted; else it is encrypted now, and kept. */
async function begunFor(key: VaultKey, plan: Plan, mark: string, wish: Wish, now: number): Promise<Begun> {
  const found = await readBackupRow(key, "begun", begunSchema);
  const before = found && found.row.file !== undefined && { ...found.value, file: found.row.file };
  // A file that is not the one that was looked at, by whatever, must not count as if it were.
  if (before && before.lockId === plan.lockId && (await hashOf(before.file)) === before.sha256) {
    const isFresh = wish === "if-due" && now >= before.at && now - before.at < DAY_MS;
    if (before.mark === mark || isFresh) return before;
  }
  const { text, entries, leftOut } = await backupText(now);
  const file = await sealInWorker(text, plan.lock);
  const facts = { at: now, entries, leftOut: leftOut.length, lockId: plan.lockId, mark, isChecked: false };
  const hashes = { textSha256: await hashOf(text), sha256: await hashOf(file) };
  const begun = { version: 1 as const, ...facts, ...hashes };
  await writeBackupRow(key, "begun", begun, { file });
  return { ...begun, file };
}

/** The same once it was opened and found to be what was written; null where it is not, and has to be begun anew. */
async function checked(key: VaultKey, { lock }: Plan, begun: Begun): Promise<Begun | null> {
  // Only whoever has the identity can open one that is encrypted to keys.
  if (begun.isChecked || lock.kind === "recipient") return begun;
  const opened = await openInWorker(begun.file, lock.passphrase);
  const text = opened.ok ? utf8Decode(opened.value) : null;
  const backup = text?.ok ? parseBackup(text.value) : null;
  const isIt =
    opened.ok &&
    (await hashOf(opened.value)) === begun.textSha256 &&
    backup?.ok === true &&
    backup.value.items.length === begun.entries;
  if (!isIt) {
    await db.backups.delete("begun");
    return null;
  }
  const { file, ...facts } = { ...begun, isChecked: true };
  await writeBackupRow(key, "begun", facts, { file });
  return { ...facts, file };
}

async function put(key: VaultKey, plan: Plan, place: Place, begun: Begun, now: number): Promise<Making> {
  const { at, entries, leftOut, lockId, mark, sha256 } = begun;
  const facts = { at, size: begun.file.length, sha256, entries, leftOut, lockId, mark };
  const before = await readFileRecord(key);
  const saved = await place.save(backupName(at), begun.file, (begunAs) =>
    writeFileRecord(key, {
      ...before,
      files: [...before.files, { ...facts, ...begunAs, isVerified: false }],
    }),
  );
  if (!saved.ok) {
    await settled(key, place);
    return failed(key, saved.error, now);
  }
  const file: WrittenFile = { ...facts, ...saved.value, isVerified: true };
  await writeFileRecord(key, { files: [...before.files, file], failure: null });
  await db.backups.delete("begun");
  await noteBackupWritten(at);
  await removeOld(key, plan, place);
  return { kind: "made", file };
}

/**
 * Removes what is too many, one by one. What was moved or changed by the person is let go of, and stays as it is; it stands
 * in for no other, so that as many as are kept are there.
 */
async function removeOld(key: VaultKey, plan: Plan, place: Place): Promise<void> {
  let record = await readFileRecord(key);
  const files = filesInPlace(record, plan, place.folderId);
  const there: WrittenFile[] = [];
  for (const file of files) if (await place.isThere(file)) there.push(file);
  const isNeeded = (file: WrittenFile) => there.slice(-plan.keep).includes(file);
  for (const file of filesToRemove(files, plan.keep)) {
    if (isNeeded(file) || (await place.remove(file)) === "refused") continue;
    record = { ...record, files: record.files.filter((each) => each !== file) };
    await writeFileRecord(key, record);
  }
}

async function failed(key: VaultKey, why: Failure, now: number): Promise<Making> {
  // Where not even that can be kept, the backup is still due, and what is too old is said all the same.
  const record = await readFileRecord(key).catch(() => null);
  if (record) await writeFileRecord(key, { ...record, failure: { at: now, why } }).catch(() => {});
  return { kind: "failed", why };
}

function nothing(why: Extract<Making, { kind: "nothing" }>["why"]): Making {
  return { kind: "nothing", why };
}
