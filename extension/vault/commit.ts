import type { Table } from "dexie";
import { ok, type Result } from "../../shared/result.ts";
import { db, type SealedRow } from "./db.ts";
import { changeParts, type PartedIndex, partedIndex, rowIn, rowsOf, sealParts } from "./index-parts.ts";
import { type IndexRow, toIndexRow, type Uses } from "./index-row.ts";
import { isOfNewerVersion } from "./migrations.ts";
import { readSnapshots, type Snapshot, type SnapshotId, sealSnapshot } from "./snapshot.ts";
import {
  type Ahead,
  readToWrite,
  rememberWritten,
  type StoredIndex,
  storeIndex,
  type ToWrite,
} from "./stored-index.ts";
import { openRow, type RowProblem, type StoredRow, sealRow } from "./stored-row.ts";
import type { VaultKey } from "./vault-key.ts";
import { withVaultLock } from "./vault-lock.ts";

/** The vault as a writer found it. */
export type VaultView = {
  readonly key: VaultKey;
  readonly index: readonly IndexRow[];
  /** One row of it, without a look at the others. */
  row(id: string): IndexRow | undefined;
  /** The revision that this write will get. */
  readonly rev: number;
  /** In which write each row got its bytes; ids that do not exist are missing from the answer, here and below. */
  revs(ids: readonly string[]): Promise<Map<string, number>>;
  open(ids: readonly string[]): Promise<Map<string, Result<StoredRow, RowProblem>>>;
};

/** What a writer wants to be true afterwards. */
export type Change<T> = {
  readonly result: T;
  /** Rows to write, by id; null deletes. */
  readonly rows?: ReadonlyMap<string, StoredRow | null>;
  /** For what only the index holds. */
  readonly uses?: ReadonlyMap<string, Uses>;
  /** Replaces what undoing takes, by what it undoes; null deletes it. */
  readonly snapshots?: ReadonlyMap<SnapshotId, Snapshot | null>;
  /** What another room writes in the same transaction: to the database alone, and it awaits nothing else. */
  readonly along?: { readonly tables: readonly Table[]; readonly write: () => Promise<void> };
};

/** For a write of thousands: told how many rows are encrypted, and asked whether it is still wanted. */
export type Watching = {
  readonly onSealed: (done: number, of: number) => void;
  /** Heeded up to the transaction, which is whole or not at all; then commit throws the signal's reason. */
  readonly signal: AbortSignal;
};

/** Writers in other pages hold the lock too, so a second attempt is rare and a tenth a bug. */
const MAX_ATTEMPTS = 10;

/**
 * The one way to change entries: reads, plans and encrypts first, then writes entries and index in one transaction, if
 * no other write came between; otherwise all over again.
 *
 * Awaiting WebCrypto inside a transaction would end it, which is why the plan is made outside and may be made twice: it
 * must change nothing by itself. Throws VaultLockedError; what the plan throws passes through, and nothing is written.
 */
export function commit<T>(
  plan: (view: VaultView) => Promise<Change<T>>,
  watching: Watching | null = null,
): Promise<T> {
  return commitAhead({ ids: [], tables: [], read: async () => {} }, plan, watching);
}

/**
 * The same for a plan that is known to need certain entries, and rows of another room: they are read in the one look that
 * finds key and index, so that nobody waits for a look at each.
 */
export function commitAhead<A, T>(
  ahead: Ahead<A>,
  plan: (view: VaultView, read: A) => Promise<Change<T>>,
  watching: Watching | null = null,
): Promise<T> {
  return withVaultLock(async () => {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const start = await readToWrite(ahead);
      if (start === null) continue;
      const { key, found, read } = start;
      const change = await plan(viewOf(start, ahead.ids), read);
      if (isEmpty(change) && found.from === "stored") return change.result;
      if (await write(key, found, change, watching)) return change.result;
    }
    throw Error("the vault keeps changing");
  });
}

/** Writes an index that had to be rebuilt. */
export function repairIndex(): Promise<readonly IndexRow[]> {
  return commit(async ({ index }) => ({ result: index }));
}

/** @param here ids of the entries that were asked for already */
function viewOf(
  { key, found: { vault, index }, entries }: ToWrite<unknown>,
  here: readonly string[],
): VaultView {
  let rows: readonly IndexRow[] | undefined;
  const isHere = new Set(here);
  const existing = async (ids: readonly string[]): Promise<SealedRow[]> => {
    const unread = ids.filter((id) => !isHere.has(id));
    const read = unread.length > 0 ? await db.entries.bulkGet(unread) : [];
    return [...ids.map((id) => entries.get(id)), ...read].filter((row) => row !== undefined);
  };
  return {
    key,
    get index() {
      rows ??= rowsOf(index);
      return rows;
    },
    row: (id) => rowIn(index, id),
    rev: vault.rev + 1,
    async revs(ids) {
      return new Map((await existing(ids)).map((row) => [row.id, row.rev]));
    },
    async open(ids) {
      const sealed = await existing(ids);
      return new Map(
        await Promise.all(sealed.map(async (row) => [row.id, await openRow(key, row)] as const)),
      );
    },
  };
}

function isEmpty({ rows, uses, snapshots, along }: Change<unknown>): boolean {
  return (rows?.size ?? 0) + (uses?.size ?? 0) + (snapshots?.size ?? 0) === 0 && along === undefined;
}

/** @returns false, with nothing written, if somebody else wrote since */
async function write<T>(
  key: VaultKey,
  found: StoredIndex,
  change: Change<T>,
  watching: Watching | null,
): Promise<boolean> {
  const rev = found.vault.rev + 1;
  const rows = [...(change.rows ?? [])];
  const deleted = rows.filter(([, row]) => row === null).map(([id]) => id);
  const sealed = await sealRows(key, rev, rows, watching);
  const index = await nextIndex(key, rev, found, change);
  const [root, ...parts] = await sealParts(key, rev, index);
  if (root === undefined) throw Error("an index has a first part");
  const snapshots = await nextSnapshots(key, rev, deleted, change.snapshots ?? new Map());
  const tables = [db.vault, db.entries, db.index, db.snapshots, db.copies, ...(change.along?.tables ?? [])];
  watching?.signal.throwIfAborted();
  const isWritten = await db.transaction("rw", tables, async () => {
    const vault = await db.vault.get("vault");
    if (vault?.rev !== found.vault.rev || vault.keyId !== key.keyId || isOfNewerVersion(vault)) return false;
    const writes: readonly (() => unknown)[] = [
      () => sealed.length > 0 && db.entries.bulkPut(sealed),
      () => storeIndex(found, index, [root, ...parts]),
      ...[...snapshots].map(
        ([id, row]) =>
          () =>
            row ? db.snapshots.put(row) : db.snapshots.delete(id),
      ),
      () => deleted.length > 0 && deleteEverywhere(deleted),
      () => db.vault.put({ ...vault, rev }),
      () => change.along?.write(),
    ];
    // All at once: waiting for each answer before the next is asked for takes longer than the writing does.
    await Promise.all(writes.map(async (each) => each()));
    return true;
  });
  if (isWritten) rememberWritten(key, root, index);
  return isWritten;
}

/** So many rows are encrypted at once where somebody watches: few enough for a page that goes on drawing. */
const SEALED_AT_ONCE = 100;

async function sealRows(
  key: VaultKey,
  rev: number,
  rows: readonly (readonly [string, StoredRow | null])[],
  watching: Watching | null,
): Promise<SealedRow[]> {
  const kept = rows.flatMap(([id, row]) => (row === null ? [] : [{ id, row }]));
  const sealed: SealedRow[] = [];
  const step = watching === null ? kept.length : SEALED_AT_ONCE;
  for (let from = 0; from < kept.length; from += step) {
    watching?.signal.throwIfAborted();
    const some = kept.slice(from, from + step);
    sealed.push(...(await Promise.all(some.map(({ id, row }) => sealRow(key, id, rev, row)))));
    watching?.onSealed(sealed.length, kept.length);
  }
  return sealed;
}

/** What is deleted is gone from what undoing takes as well. @returns what is to be written; null deletes */
async function nextSnapshots(
  key: VaultKey,
  rev: number,
  deleted: readonly string[],
  wanted: ReadonlyMap<SnapshotId, Snapshot | null>,
): Promise<Map<SnapshotId, SealedRow | null>> {
  const next = new Map(wanted);
  const gone = new Set(deleted);
  for (const [id, stored] of gone.size > 0 ? await readSnapshots(key) : []) {
    if (next.has(id) || !stored.rows.some((row) => gone.has(row.id))) continue;
    const rows = stored.rows.filter((row) => !gone.has(row.id));
    next.set(id, rows.length === 0 ? null : { ...stored, rows });
  }
  return new Map(
    await Promise.all(
      [...next].map(
        async ([id, snapshot]) => [id, snapshot && (await sealSnapshot(key, rev, id, snapshot))] as const,
      ),
    ),
  );
}

/** To be called in a transaction. */
async function deleteEverywhere(ids: readonly string[]): Promise<void> {
  await db.entries.bulkDelete([...ids]);
  const copies = await db.copies.toArray();
  await db.copies.bulkPut(
    copies.map((copy) => ({ ...copy, rows: copy.rows.filter(({ id }) => !ids.includes(id)) })),
  );
}

async function nextIndex(
  key: VaultKey,
  rev: number,
  { index: before, from }: StoredIndex,
  { rows, uses }: Change<unknown>,
): Promise<PartedIndex> {
  const changed = new Map<string, IndexRow | null>();
  for (const [id, row] of rows ?? [])
    changed.set(id, row && (await toIndexRow(key, id, ok(row), rowIn(before, id))));
  for (const [id, used] of uses ?? []) {
    const row = changed.has(id) ? changed.get(id) : rowIn(before, id);
    if (row) changed.set(id, { ...row, ...used });
  }
  const index = changeParts(before, rev, changed);
  // Every part is to be written then, not only those that this write changes.
  return from === "stored" ? index : partedIndex(rev, rowsOf(index));
}
