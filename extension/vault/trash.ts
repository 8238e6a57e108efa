import * as z from "zod/mini";
import { ok, type Result } from "../../shared/result.ts";
import { commit } from "./commit.ts";
import { db } from "./db.ts";
import { type ChangeRefusal, readIndex } from "./entries.ts";
import { readSnapshots } from "./snapshot.ts";
import { entryOf, type RowProblem, type StoredRow } from "./stored-row.ts";
import { snapshotOfTrash } from "./trash-snapshot.ts";
import { requireVaultKey } from "./vault-key.ts";

export const TRASH_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;
const TRASH_MS = TRASH_DAYS * DAY_MS;
const STEADY_MS = DAY_MS;
/** The setting that says since when something has been old enough to go. */
const DUE_SINCE = "trash-due-since";

export type TrashOutcome = {
  readonly done: readonly string[];
  readonly refused: readonly { readonly id: string; readonly reason: ChangeRefusal }[];
};

/** Entries keep everything in the trash, their place and pin included. One that is there already stays as long as it would have. */
export function moveToTrash(ids: readonly string[], now: number): Promise<TrashOutcome> {
  return changeDeletedAt(ids, (deletedAt) => deletedAt ?? now);
}

export function restoreFromTrash(ids: readonly string[]): Promise<TrashOutcome> {
  return changeDeletedAt(ids, () => null);
}

/** Deletes at once, whether in the trash or not; also what is damaged or of a newer version. */
export function deleteForever(ids: readonly string[]): Promise<TrashOutcome> {
  return commit(async ({ index }) => {
    const known = new Set(index.map(({ id }) => id));
    const done = [...new Set(ids)].filter((id) => known.has(id));
    const refused = ids.filter((id) => !known.has(id)).map((id) => ({ id, reason: "not-found" as const }));
    return { result: { done, refused }, rows: new Map(done.map((id) => [id, null])) };
  });
}

/**
 * Deletes at once what is in the trash; what somebody took out of it meanwhile stays.
 *
 * @param wayBackAt the time, for a snapshot that it can be gone back to for 30 days (trash-snapshot.ts); null: none is kept
 * @returns the ids that are gone now
 */
export function deleteFromTrash(ids: readonly string[], wayBackAt: number | null = null): Promise<string[]> {
  return commit(async (view) => {
    const wanted = new Set(ids);
    const gone = view.index.filter(({ id, deletedAt }) => deletedAt !== null && wanted.has(id));
    const snapshots = wayBackAt === null ? new Map() : await snapshotOfTrash(view, gone, wayBackAt);
    return { result: gone.map(({ id }) => id), rows: new Map(gone.map(({ id }) => [id, null])), snapshots };
  });
}

/**
 * Empties the trash of what has been there for 30 days, and forgets what undoing a
 * restore, an import or a migration takes once it is as old.
 *
 * @returns the ids that are gone now
 */
export async function purgeTrash(now: number): Promise<string[]> {
  const gone = await commit(async ({ index, key }) => {
    const due = index.filter(({ deletedAt }) => deletedAt !== null && now - deletedAt >= TRASH_MS);
    const ids = due.map(({ id }) => id);
    const old = [...(await readSnapshots(key))].filter(([, { takenAt }]) => now - takenAt >= TRASH_MS);
    return {
      result: ids,
      rows: new Map(ids.map((id) => [id, null])),
      snapshots: new Map(old.map(([id]) => [id, null])),
    };
  });
  // After what may be refused: a vault of a newer version keeps everything, its copies too.
  await db.copies.filter(({ copiedAt }) => now - copiedAt >= TRASH_MS).delete();
  return gone;
}

/**
 * The same, for pages to call whenever they are open: only once the clock has said for a day that something is old. A
 * clock that stands a month ahead for an hour must not cost anybody what they may want back.
 */
export async function purgeTrashOfSteadyClock(now: number): Promise<string[]> {
  const stored = z.number().safeParse((await db.settings.get(DUE_SINCE))?.value);
  const since = stored.success ? stored.data : null;
  if (!(await hasOld(now))) {
    if (since !== null) await db.settings.delete(DUE_SINCE);
    return [];
  }
  if (since === null || since > now) await db.settings.put({ id: DUE_SINCE, value: now });
  if (since === null || now - since < STEADY_MS) return [];
  const gone = await purgeTrash(now);
  await db.settings.delete(DUE_SINCE);
  return gone;
}

async function hasOld(now: number): Promise<boolean> {
  const isOld = (time: number) => now - time >= TRASH_MS;
  if ((await readIndex()).some(({ deletedAt }) => deletedAt !== null && isOld(deletedAt))) return true;
  if ((await db.copies.filter(({ copiedAt }) => isOld(copiedAt)).count()) > 0) return true;
  const snapshots = await readSnapshots(await requireVaultKey());
  return [...snapshots.values()].some(({ takenAt }) => isOld(takenAt));
}

function changeDeletedAt(
  ids: readonly string[],
  change: (deletedAt: number | null) => number | null,
): Promise<TrashOutcome> {
  return commit(async (view) => {
    const opened = await view.open(ids);
    const changed = [...new Set(ids)].map((id) => ({ id, row: withDeletedAt(opened.get(id), change) }));
    const rows = changed.flatMap(({ id, row }): [string, StoredRow][] => (row.ok ? [[id, row.value]] : []));
    const refused = changed.flatMap(({ id, row }) => (row.ok ? [] : [{ id, reason: row.error }]));
    return { result: { done: rows.map(([id]) => id), refused }, rows: new Map(rows) };
  });
}

function withDeletedAt(
  row: Result<StoredRow, RowProblem> | undefined,
  change: (deletedAt: number | null) => number | null,
): Result<StoredRow, ChangeRefusal> {
  if (row === undefined) return { ok: false, error: "not-found" };
  if (!row.ok) return row;
  const entry = entryOf(row.value);
  if (!entry.ok) return entry;
  return ok({ ...row.value, entry: { ...entry.value, deletedAt: change(entry.value.deletedAt) } });
}
