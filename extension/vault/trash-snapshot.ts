import { type Change, commit, type VaultView } from "./commit.ts";
import type { IndexRow } from "./index-row.ts";
import { readSnapshot, readSnapshots, type Snapshot, type TrashSnapshotId } from "./snapshot.ts";
import { entryOf, type StoredRow } from "./stored-row.ts";
import type { UndoOutcome } from "./undo-snapshot.ts";
import { requireVaultKey } from "./vault-key.ts";

/** More of them, or more rows in all of them, are not kept: the oldest goes first. */
const MOST_SNAPSHOTS = 10;
const MOST_ROWS = 10_000;

/**
 * What emptying the trash keeps, to be written with the deletion: the rows that go, but not those that a group shares.
 * These are deleted for everybody, and to bring them back past the group would be one person's doing. Nor what can't be
 * opened.
 *
 * @returns snapshots to write, and to delete so that not too many are kept
 */
export async function snapshotOfTrash(
  view: VaultView,
  gone: readonly IndexRow[],
  now: number,
): Promise<Map<TrashSnapshotId, Snapshot | null>> {
  const own = gone.filter(({ group }) => group === undefined);
  const opened = await view.open(own.map(({ id }) => id));
  const rows = [...opened].flatMap(([id, row]) => (row.ok ? [{ id, before: row.value }] : []));
  const next = new Map<TrashSnapshotId, Snapshot | null>();
  if (rows.length === 0) return next;
  next.set(`trash/${crypto.randomUUID()}`, { takenAt: now, rev: view.rev, rows });
  let [count, total] = [1, rows.length];
  const stored = [...(await readSnapshots(view.key))].toSorted(([, a], [, b]) => b.takenAt - a.takenAt);
  for (const [id, snapshot] of stored) {
    if (!isOfTrash(id)) continue;
    count++;
    total += snapshot.rows.length;
    if (count > MOST_SNAPSHOTS || total > MOST_ROWS) next.set(id, null);
  }
  return next;
}

export function isOfTrash(id: string): id is TrashSnapshotId {
  return id.startsWith("trash/");
}

/**
 * Puts back into the trash what was deleted by emptying it; its 30 days there begin again. What is here under the same id
 * by now stays as it is. Throws VaultLockedError.
 *
 * @returns null where there is nothing to go back to
 */
export async function bringTrashBack(id: TrashSnapshotId, now: number): Promise<UndoOutcome | null> {
  await requireVaultKey();
  return commit(async (view): Promise<Change<UndoOutcome | null>> => {
    const snapshot = await readSnapshot(view.key, id);
    if (snapshot === null) return { result: null };
    const rows = new Map<string, StoredRow>();
    const here: string[] = [];
    for (const { id: rowId, before } of snapshot.rows) {
      if (before === null) continue;
      if (view.row(rowId) === undefined) rows.set(rowId, inTrashSince(before, now));
      else here.push(rowId);
    }
    const result = { reverted: rows.size, changedSince: here };
    return { result, rows, snapshots: new Map([[id, null]]) };
  });
}

/** A row that comes back into the trash, if it was there, where its days begin now. */
export function inTrashSince(row: StoredRow, now: number): StoredRow {
  const entry = entryOf(row);
  // One of a newer version comes back as it was: nobody here can say what is in it.
  return entry.ok && entry.value.deletedAt !== null
    ? { ...row, entry: { ...entry.value, deletedAt: now } }
    : row;
}
