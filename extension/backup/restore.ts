import { compareEntries } from "../../shared/otp/same-entry.ts";
import type { Result } from "../../shared/result.ts";
import { type Change, commit, type VaultView } from "../vault/commit.ts";
import { fingerprintOf } from "../vault/fingerprint.ts";
import { orderAtEnd } from "../vault/order-between.ts";
import { readSnapshot } from "../vault/snapshot.ts";
import { entryOf, newRow, type RowProblem, type StoredRow } from "../vault/stored-row.ts";
import { type UndoOutcome, undoSnapshot } from "../vault/undo-snapshot.ts";
import { openVaultKey } from "../vault/vault-key.ts";
import { findLocal, mergeRestored, withFreshTrash } from "./match-backup.ts";
import { localIdsOf, type RestoreItem, type RestorePreview } from "./preview-restore.ts";

export type RestoreOutcome = {
  readonly added: number;
  readonly replaced: number;
  /** Keys of items that were left alone because the entry here changed after the preview. */
  readonly changedSince: readonly string[];
};
export type UndoableRestore = { readonly restoredAt: number; readonly entries: number };

type NewItem = Extract<RestoreItem, { kind: "new" }>;
type DifferentItem = Extract<RestoreItem, { kind: "differs" }>;
type Rows = Map<string, StoredRow>;

/**
 * Applies the chosen items in one transaction. "new" ones are added behind what is there, in the backup's order;
 * "differs" ones replace the entry here, which keeps its place and pin; others are passed over. Throws VaultLockedError,
 * and where there is no vault yet.
 *
 * @param chosen keys of the preview's items
 */
export function restore(
  preview: RestorePreview,
  chosen: readonly string[],
  now: number = Date.now(),
): Promise<RestoreOutcome> {
  const wanted = preview.items.filter(({ key }) => chosen.includes(key));
  const newItems = wanted.filter((item) => item.kind === "new");
  const different = wanted.filter((item) => item.kind === "differs");
  return commit(async (view): Promise<Change<RestoreOutcome>> => {
    const opened = await view.open(different.map(({ localId }) => localId));
    const replaced = replaceRows(different, opened, view, now);
    const added = await addRows(newItems, view, now);
    const rows = new Map([...replaced.rows, ...added.rows]);
    const outcome = {
      added: added.rows.size,
      replaced: replaced.rows.size,
      changedSince: [...replaced.changedSince, ...added.changedSince],
    };
    if (rows.size === 0) return { result: outcome };
    // What was damaged before can't be brought back, so that much is not undone.
    const undoable = [...rows.keys()].filter((id) => opened.get(id)?.ok !== false);
    const before = undoable.map((id) => {
      const row = opened.get(id);
      return { id, before: row?.ok ? row.value : null };
    });
    const snapshots = new Map([["restore" as const, { takenAt: now, rev: view.rev, rows: before }]]);
    return { result: outcome, rows, snapshots };
  });
}

/** @returns null where nothing can be undone, or the vault is locked */
export async function lastUndoableRestore(): Promise<UndoableRestore | null> {
  const key = await openVaultKey();
  const snapshot = key.ok ? await readSnapshot(key.value, "restore") : null;
  return snapshot && { restoredAt: snapshot.takenAt, entries: snapshot.rows.length };
}

/** Takes the last restore back. @returns null where there is nothing to undo. Throws VaultLockedError. */
export function undoRestore(): Promise<UndoOutcome | null> {
  return undoSnapshot("restore");
}

function replaceRows(
  items: readonly DifferentItem[],
  opened: ReadonlyMap<string, Result<StoredRow, RowProblem>>,
  { index }: VaultView,
  now: number,
): { rows: Rows; changedSince: string[] } {
  const rows: Rows = new Map();
  const changedSince: string[] = [];
  for (const item of items) {
    const row = replacedRow(item, opened.get(item.localId), orderOf(index, item.localId), now);
    if (row === null || rows.has(item.localId)) changedSince.push(item.key);
    else rows.set(item.localId, row);
  }
  return { rows, changedSince };
}

/** @returns null where the entry here is no longer the one that the preview showed */
function replacedRow(
  item: DifferentItem,
  row: Result<StoredRow, RowProblem> | undefined,
  order: number,
  now: number,
): StoredRow | null {
  if (row === undefined) return null;
  const entry = row.ok ? entryOf(row.value) : row;
  if (item.local === null) {
    if (entry.ok || entry.error !== "damaged") return null;
    return { ...newRow(withFreshTrash(item.entry, now), order), pinned: item.item.pinned };
  }
  if (!row.ok || !entry.ok || compareEntries(entry.value, item.local).length > 0) return null;
  const { presses: _, ...kept } = row.value;
  return { ...kept, entry: withFreshTrash(mergeRestored(entry.value, item.entry), now) };
}

async function addRows(
  items: readonly NewItem[],
  view: VaultView,
  now: number,
): Promise<{ rows: Rows; changedSince: string[] }> {
  const rows: Rows = new Map();
  const changedSince: string[] = [];
  const local = localIdsOf(view.index);
  let order = orderAtEnd(view.index);
  for (const item of [...items].sort((a, b) => a.item.order - b.item.order)) {
    const fingerprint = await fingerprintOf(view.key.fingerprints, item.entry);
    if (findLocal(item.item, fingerprint, local) !== null) {
      changedSince.push(item.key);
      continue;
    }
    // Two items of one id can only be a file made by hand; both are kept.
    const id = rows.has(item.item.id) ? crypto.randomUUID() : item.item.id;
    rows.set(id, { ...newRow(withFreshTrash(item.entry, now), order++), pinned: item.item.pinned });
  }
  return { rows, changedSince };
}

function orderOf(index: VaultView["index"], id: string): number {
  return index.find((row) => row.id === id)?.order ?? orderAtEnd(index);
}
