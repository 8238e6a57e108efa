import { type Change, commit } from "./commit.ts";
import { readSnapshot, type SnapshotId, untouchedOf } from "./snapshot.ts";
import { requireVaultKey } from "./vault-key.ts";

export type UndoOutcome = {
  readonly reverted: number;
  /** Ids of entries that were changed after the write and therefore left alone. */
  readonly changedSince: readonly string[];
};

/**
 * Takes a restore or an import back, once: entries that nobody touched since become what they were, added ones vanish.
 * Throws VaultLockedError.
 *
 * @returns null where there is nothing to undo
 */
export async function undoSnapshot(id: SnapshotId): Promise<UndoOutcome | null> {
  await requireVaultKey();
  return commit(async (view): Promise<Change<UndoOutcome | null>> => {
    const snapshot = await readSnapshot(view.key, id);
    if (snapshot === null) return { result: null };
    const revs = await view.revs(snapshot.rows.map((row) => row.id));
    const untouched = new Set(untouchedOf(snapshot, revs));
    const changedSince = snapshot.rows.filter((row) => !untouched.has(row));
    return {
      result: { reverted: untouched.size, changedSince: changedSince.map((row) => row.id) },
      rows: new Map([...untouched].map((row) => [row.id, row.before])),
      snapshots: new Map([[id, null]]),
    };
  });
}
