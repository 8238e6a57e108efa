import { type Change, commit } from "./commit.ts";
import { db } from "./db.ts";
import { MIGRATIONS } from "./migrations.ts";
import { entryOf, openRow, type StoredRow } from "./stored-row.ts";
import { inTrashSince } from "./trash-snapshot.ts";
import type { UndoOutcome } from "./undo-snapshot.ts";
import { requireVaultKey, type VaultKey } from "./vault-key.ts";

type Rows = ReadonlyMap<string, StoredRow>;

/** What going back to a copy would write, by id: rows that are otherwise now; and those that a group shares, or did, which stay. */
export type CopyPlan = { readonly changed: Rows; readonly shared: Rows };

/**
 * Compares the copy from before an update with what is here. Its rows are brought to the present version by the migrations
 * as they are now: where one was mistaken, a later version of the extension does it right. What came since is not looked
 * at, and what was deleted for good is gone from the copy as well.
 */
export async function planOfCopy(key: VaultKey, contentsVersion: number): Promise<CopyPlan> {
  const copy = await db.copies.get(contentsVersion);
  const [changed, shared] = [new Map<string, StoredRow>(), new Map<string, StoredRow>()];
  for (const sealed of copy?.rows ?? []) {
    const [before, stored] = await Promise.all([openRow(key, sealed), db.entries.get(sealed.id)]);
    if (!before.ok || stored === undefined) continue;
    const now = await openRow(key, stored);
    const then = migrated(before.value, contentsVersion);
    if (then === null) continue;
    const row = now.ok ? withWhatStays(then, now.value) : then;
    if (now.ok && JSON.stringify(now.value) === JSON.stringify(row)) continue;
    const isShared = then.group !== undefined || (now.ok && now.value.group !== undefined);
    (isShared ? shared : changed).set(sealed.id, row);
  }
  return { changed, shared };
}

/**
 * Goes back to a copy, in one write that can itself be taken back. Throws VaultLockedError.
 *
 * @returns null where it is gone, or where nothing is otherwise
 */
export async function goBackToCopy(contentsVersion: number, now: number): Promise<UndoOutcome | null> {
  await requireVaultKey();
  return commit(async (view): Promise<Change<UndoOutcome | null>> => {
    const { changed, shared } = await planOfCopy(view.key, contentsVersion);
    if (changed.size === 0) return { result: null };
    const opened = await view.open([...changed.keys()]);
    const isInTrash = (id: string) => (view.row(id)?.deletedAt ?? null) !== null;
    const rows = [...changed].map(([id, row]) => [id, isInTrash(id) ? row : inTrashSince(row, now)] as const);
    const before = [...opened].flatMap(([id, row]) => (row.ok ? [{ id, before: row.value }] : []));
    return {
      result: { reverted: changed.size, changedSince: [...shared.keys()] },
      rows: new Map(rows),
      snapshots: new Map([
        [`back/${crypto.randomUUID()}` as const, { takenAt: now, rev: view.rev, rows: before }],
      ]),
    };
  });
}

function migrated(row: StoredRow, contentsVersion: number): StoredRow | null {
  try {
    const steps = MIGRATIONS.slice(contentsVersion - 1);
    return steps.reduce((value, migrate) => migrate(value), structuredClone(row));
  } catch {
    return null;
  }
}

/** A hotp counter never goes back, as its codes would repeat, nor does the day from which something is in the trash. */
function withWhatStays(row: StoredRow, here: StoredRow): StoredRow {
  const [before, now] = [entryOf(row), entryOf(here)];
  if (!before.ok || !now.ok) return row;
  const bothOf = (one: number | null, other: number | null) =>
    one === null || other === null ? one : Math.max(one, other);
  const counter = bothOf(before.value.counter, now.value.counter);
  const deletedAt = bothOf(before.value.deletedAt, now.value.deletedAt);
  const isAsBefore = counter === before.value.counter && deletedAt === before.value.deletedAt;
  return isAsBefore ? row : { ...row, entry: { ...before.value, counter, deletedAt } };
}
