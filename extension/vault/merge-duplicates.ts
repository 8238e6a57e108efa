import type { Entry } from "../../shared/otp/entry.ts";
import { type MergePart, mergeEntries } from "../../shared/otp/merge-entries.ts";
import { isSameSecret } from "../../shared/otp/same-entry.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type Change, commit, type VaultView } from "./commit.ts";
import type { ChangeRefusal, IndexRow } from "./entries.ts";
import { latestHosts, type Uses, usesOf } from "./index-row.ts";
import { entryOf, type StoredRow } from "./stored-row.ts";

/** "not-same": since they were looked at, one of them got another secret or other parameters. */
export type MergeRefusal = ChangeRefusal | "not-same";

/** What undoing a merge takes. It holds a secret: it stays in the memory of the page that merged. */
export type MergeUndo = {
  readonly keptId: string;
  readonly before: StoredRow;
  /** The revision that the kept row got: who has it still was not changed since. */
  readonly rev: number;
  readonly trashedAt: number;
  readonly trashedIds: readonly string[];
  /** How the kept entry had been used by itself, and all of them together. */
  readonly uses: { readonly before: Uses; readonly merged: Uses };
};

/** "undone-in-part": the kept entry was changed since and stays as it is; the others are back. */
export type MergeUndoOutcome = "undone" | "undone-in-part";

type OpenRow = { readonly id: string; readonly row: StoredRow; readonly entry: Entry };

/**
 * Merges entries of one secret into the first of them, which keeps its id and its place; the others go to the trash as
 * they are. One transaction, made from what the entries are at that moment. Throws VaultLockedError.
 *
 * @param ids the one to keep first
 * @param now milliseconds since 1970 UTC
 */
export function mergeDuplicates(
  ids: readonly string[],
  now: number,
): Promise<Result<MergeUndo, MergeRefusal>> {
  return commit(async (view): Promise<Change<Result<MergeUndo, MergeRefusal>>> => {
    const opened = await openAll(view, ids);
    if (!opened.ok) return { result: opened };
    const [kept, ...others] = opened.value;
    if (kept === undefined) throw Error("nothing to merge");
    // Somebody may have put one into the trash, or given it another secret, since it was shown.
    if (opened.value.some(({ entry }) => entry.deletedAt !== null)) return { result: err("not-found") };
    if (!others.every(({ entry }) => isSameSecret(entry, kept.entry))) return { result: err("not-same") };
    const merged = mergeEntries(opened.value.map(toPart));
    const { presses, ...rest } = kept.row;
    // What a press got belongs to the counter it was made from.
    const sameCounter = merged.entry.counter === kept.entry.counter;
    const keptRow = {
      ...rest,
      entry: merged.entry,
      pinned: merged.pinned,
      ...(sameCounter && presses ? { presses } : {}),
    };
    const trashed = others.map(({ id, row, entry }) => [id, { ...row, entry: { ...entry, deletedAt: now } }]);
    const uses = mergedUses(view.index, kept.id, others);
    return {
      result: ok({
        keptId: kept.id,
        before: kept.row,
        rev: view.rev,
        trashedAt: now,
        trashedIds: others.map(({ id }) => id),
        uses,
      }),
      rows: new Map([[kept.id, keptRow], ...(trashed as [string, StoredRow][])]),
      uses: new Map([[kept.id, uses.merged]]),
    };
  });
}

/**
 * Takes a merge back, in one transaction. A hotp counter does not go back: a code that was given is given once. Throws
 * VaultLockedError.
 */
export function undoMerge(undo: MergeUndo): Promise<MergeUndoOutcome> {
  return commit(async (view): Promise<Change<MergeUndoOutcome>> => {
    const rows = new Map<string, StoredRow>();
    for (const [id, opened] of await view.open(undo.trashedIds)) {
      const entry = opened.ok ? entryOf(opened.value) : opened;
      // One that was taken out of the trash, or put there anew, is as somebody wants it.
      if (!opened.ok || !entry.ok || entry.value.deletedAt !== undo.trashedAt) continue;
      rows.set(id, { ...opened.value, entry: { ...entry.value, deletedAt: null } });
    }
    const rev = (await view.revs([undo.keptId])).get(undo.keptId);
    if (rev !== undo.rev) return { result: "undone-in-part", rows };
    const kept = await openAll(view, [undo.keptId]);
    if (kept.ok) rows.set(undo.keptId, withCounterOf(undo.before, kept.value[0]?.entry));
    const now = view.index.find(({ id }) => id === undo.keptId);
    return {
      result: "undone",
      rows,
      uses: new Map(now ? [[undo.keptId, usesWithout(now, undo.uses)]] : []),
    };
  });
}

async function openAll(
  view: VaultView,
  ids: readonly string[],
): Promise<Result<readonly OpenRow[], ChangeRefusal>> {
  const opened = await view.open(ids);
  const rows: OpenRow[] = [];
  for (const id of ids) {
    const row = opened.get(id);
    if (row === undefined) return err("not-found");
    if (!row.ok) return row;
    const entry = entryOf(row.value);
    if (!entry.ok) return entry;
    rows.push({ id, row: row.value, entry: entry.value });
  }
  return ok(rows);
}

function toPart({ row, entry }: OpenRow): MergePart {
  return { entry, pinned: row.pinned };
}

function withCounterOf(before: StoredRow, now: Entry | undefined): StoredRow {
  const entry = entryOf(before);
  if (!entry.ok || now === undefined || entry.value.counter === now.counter) return before;
  const { presses: _, ...rest } = before;
  return { ...rest, entry: { ...entry.value, counter: now.counter } };
}

/** The kept entry stands as high among the most used as all of them together, and was used wherever one of them was. */
function mergedUses(
  index: readonly IndexRow[],
  keptId: string,
  others: readonly OpenRow[],
): { before: Uses; merged: Uses } {
  const ids = new Set([keptId, ...others.map(({ id }) => id)]);
  const rows = index.filter(({ id }) => ids.has(id));
  const kept = rows.find(({ id }) => id === keptId);
  const times = rows.flatMap(({ lastUsedAt }) => (lastUsedAt === null ? [] : [lastUsedAt]));
  return {
    before: kept ? usesOf(kept) : { uses: 0, lastUsedAt: null },
    merged: {
      uses: rows.reduce((sum, { uses }) => sum + uses, 0),
      lastUsedAt: times.length === 0 ? null : Math.max(...times),
      usedOn: latestHosts(rows.flatMap(({ usedOn }) => usedOn ?? [])),
    },
  };
}

/** What is left of the uses when the merge is taken back: whatever came after it stays. */
function usesWithout(now: Uses, { before, merged }: MergeUndo["uses"]): Uses {
  const since = (now.usedOn ?? []).filter(
    ({ host, at }) => !merged.usedOn?.some((used) => used.host === host && used.at === at),
  );
  return {
    uses: Math.max(0, now.uses - (merged.uses - before.uses)),
    lastUsedAt: now.lastUsedAt === merged.lastUsedAt ? before.lastUsedAt : now.lastUsedAt,
    usedOn: latestHosts([...since, ...(before.usedOn ?? [])]),
  };
}
