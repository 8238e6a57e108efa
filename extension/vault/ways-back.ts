import { commit } from "./commit.ts";
import { db } from "./db.ts";
import { goBackToCopy, planOfCopy } from "./earlier-copy.ts";
import { readIndex } from "./entries.ts";
import type { NamedEntry } from "./index-row.ts";
import { readSnapshots, type Snapshot, type SnapshotId, untouchedOf } from "./snapshot.ts";
import { entryOf, type StoredRow } from "./stored-row.ts";
import { bringTrashBack, isOfTrash } from "./trash-snapshot.ts";
import { type UndoOutcome, undoSnapshot } from "./undo-snapshot.ts";
import { requireVaultKey, type VaultKey } from "./vault-key.ts";
import { watchRows } from "./watch-rows.ts";

/** The copy that was made before the contents were brought to another version. */
export type UpdateId = `update/${number}`;
export type WayBackId = SnapshotId | UpdateId;

/** Something of the last 30 days that can be gone back to before, and what that would do now. */
export type WayBack = {
  readonly id: WayBackId;
  /** What was done: a restore, an import, the trash emptied, an update, or going back to before one. */
  readonly kind: "restore" | "import" | "trash" | "update" | "back";
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  /** Of an import: ids of the formats. */
  readonly formats: readonly string[];
  /** Entries that would come back: into the trash, from where they were. */
  readonly returns: readonly NamedEntry[];
  /** Entries that would be as they were. */
  readonly changes: readonly NamedEntry[];
  /** Entries that would go. */
  readonly goes: readonly NamedEntry[];
  /** Entries that were changed since, or are here again, and would stay as they are. */
  readonly stays: readonly NamedEntry[];
};

/** The latest first. Throws VaultLockedError. */
export async function waysBack(): Promise<WayBack[]> {
  const key = await requireVaultKey();
  const [snapshots, index, copies, rows] = await Promise.all([
    readSnapshots(key),
    readIndex(),
    db.copies.toArray(),
    db.entries.toArray(),
  ]);
  const names = new Map<string, NamedEntry>(index.map((row) => [row.id, row]));
  const revs = new Map(rows.map(({ id, rev }) => [id, rev]));
  const undoable = [...snapshots].map(([id, snapshot]) => wayOf(id, snapshot, names, revs));
  const updates = await Promise.all(copies.map((copy) => updateOf(key, copy, names)));
  return [...undoable, ...updates].toSorted((a, b) => b.at - a.at);
}

/** Calls back with them at once and whenever anything of them changes. @returns stops watching */
export function watchWaysBack(onWays: (ways: WayBack[]) => void): () => void {
  const rows = () => Promise.all([db.vault.get("vault"), db.snapshots.count(), db.copies.count()]);
  return watchRows(rows, waysBack, onWays);
}

/** Goes back to before. Throws VaultLockedError. @returns null where that is not possible any more */
export function goBack(id: WayBackId, now: number = Date.now()): Promise<UndoOutcome | null> {
  if (isUpdate(id)) return goBackToCopy(versionOf(id), now);
  return isOfTrash(id) ? bringTrashBack(id, now) : undoSnapshot(id);
}

/** Deletes what going back takes, and with it secrets that are nowhere else. Throws VaultLockedError. */
export async function forgetWayBack(id: WayBackId): Promise<void> {
  await requireVaultKey();
  if (isUpdate(id)) return db.copies.delete(versionOf(id));
  await commit(async () => ({ result: null, snapshots: new Map([[id, null]]) }));
}

function isUpdate(id: WayBackId): id is UpdateId {
  return id.startsWith("update/");
}

function versionOf(id: UpdateId): number {
  return Number(id.slice("update/".length));
}

function wayOf(
  id: SnapshotId,
  snapshot: Snapshot,
  names: ReadonlyMap<string, NamedEntry>,
  revs: ReadonlyMap<string, number>,
): WayBack {
  const { takenAt, formats, rows } = snapshot;
  const shown = { id, at: takenAt, formats: formats ?? [], returns: [], changes: [], goes: [] };
  const named = (row: Snapshot["rows"][number]) => nameOf(row.id, row.before, names);
  if (isOfTrash(id)) {
    const isHere = (row: { id: string }) => revs.has(row.id);
    const [here, away] = [rows.filter(isHere), rows.filter((row) => !isHere(row))];
    return { ...shown, kind: "trash", returns: away.map(named), stays: here.map(named) };
  }
  const untouched = new Set(untouchedOf(snapshot, revs));
  const [word] = id.split("/");
  return {
    ...shown,
    kind: word === "import" || word === "back" ? word : "restore",
    changes: [...untouched].filter(({ before }) => before !== null).map(named),
    goes: [...untouched].filter(({ before }) => before === null).map(named),
    stays: rows.filter((row) => !untouched.has(row)).map(named),
  };
}

async function updateOf(
  key: VaultKey,
  copy: { readonly contentsVersion: number; readonly copiedAt: number },
  names: ReadonlyMap<string, NamedEntry>,
): Promise<WayBack> {
  const { changed, shared } = await planOfCopy(key, copy.contentsVersion);
  const named = ([id, row]: readonly [string, StoredRow]) => nameOf(id, row, names);
  return {
    id: `update/${copy.contentsVersion}`,
    kind: "update",
    at: copy.copiedAt,
    formats: [],
    returns: [],
    changes: [...changed].map(named),
    goes: [],
    stays: [...shared].map(named),
  };
}

/** As it is called here, or was before. */
function nameOf(id: string, before: StoredRow | null, names: ReadonlyMap<string, NamedEntry>): NamedEntry {
  const here = names.get(id);
  if (here !== undefined) return { id, issuer: here.issuer, account: here.account };
  const entry = before && entryOf(before);
  return entry?.ok
    ? { id, issuer: entry.value.issuer, account: entry.value.account }
    : { id, issuer: "", account: "" };
}
