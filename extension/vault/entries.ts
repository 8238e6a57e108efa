import { liveQuery } from "dexie";
import { base32Decode, equalBytes } from "../../shared/bytes.ts";
import { draftToEntry, type Entry, type EntryDraft, parseEntry } from "../../shared/otp/entry.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type Change, commit, repairIndex } from "./commit.ts";
import { db } from "./db.ts";
import { rowsOf } from "./index-parts.ts";
import { type IndexRow, latestHosts } from "./index-row.ts";
import { byOrder, moveBefore, orderAtEnd } from "./order-between.ts";
import { unlockedKey } from "./session-key.ts";
import { readStoredIndex } from "./stored-index.ts";
import { entryOf, newRow, openRow, type RowProblem, type StoredRow } from "./stored-row.ts";
import { openVaultKey, requireVaultKey, type VaultKey } from "./vault-key.ts";
import { VaultLockedError } from "./vault-locked.ts";

export type { IndexRow } from "./index-row.ts";

export type ReadRefusal = "not-found" | "damaged" | "newer-version" | "locked";
export type ChangeRefusal = "not-found" | "damaged" | "newer-version";

/** All rows, trash included, by order. Decrypts no entry. Throws VaultLockedError. */
export async function readIndex(): Promise<IndexRow[]> {
  const { index, from } = await readStoredIndex(await requireVaultKey());
  const rows = rowsOf(index);
  return [...(from === "stored" ? rows : await repairedOr(rows))].sort(byOrder);
}

/** What was read from the entries is right even where it can't be written, on a full disk: nobody is to be kept from it. */
async function repairedOr(rebuilt: readonly IndexRow[]): Promise<readonly IndexRow[]> {
  try {
    return await repairIndex();
  } catch (error) {
    if (error instanceof VaultLockedError) throw error;
    return rebuilt;
  }
}

/**
 * Calls back with the rows at once and after every change, made anywhere, while the vault is unlocked.
 *
 * @param onFailure the database can't be read, or the vault can't be opened by anybody
 * @returns stops watching
 */
export function watchIndex(onRows: (rows: IndexRow[]) => void, onFailure: () => void): () => void {
  let stopped = false;
  let asked = 0;
  const look = async () => {
    const asking = ++asked;
    try {
      const rows = await readIndex();
      if (!stopped && asking === asked) onRows(rows);
    } catch (error) {
      if (!(error instanceof VaultLockedError) && !stopped && asking === asked) onFailure();
    }
  };
  const vault = liveQuery(() => db.vault.get("vault")).subscribe({
    next: (row) => {
      if (row !== undefined) void look();
    },
    error: onFailure,
  });
  const stopKey = unlockedKey.watch((key) => {
    if (key !== null) void look();
  });
  return () => {
    stopped = true;
    vault.unsubscribe();
    stopKey();
  };
}

export async function readEntry(id: string): Promise<Result<Entry, ReadRefusal>> {
  return (await readEntries([id])).get(id) ?? err("not-found");
}

/** Opens several at once, in one read. Every id asked for has an answer. */
export async function readEntries(ids: readonly string[]): Promise<Map<string, Result<Entry, ReadRefusal>>> {
  const key = await openVaultKey();
  if (!key.ok) return new Map(ids.map((id) => [id, err(NO_KEY_REFUSALS[key.error])]));
  return openEntries(key.value, ids);
}

/** The same with a key that was asked for just now. */
export async function openEntries(
  key: VaultKey,
  ids: readonly string[],
): Promise<Map<string, Result<Entry, ReadRefusal>>> {
  const sealed = await db.entries.bulkGet([...ids]);
  const open = async (at: number): Promise<Result<Entry, ReadRefusal>> => {
    const row = sealed[at];
    if (row === undefined) return err("not-found");
    const opened = await openRow(key, row);
    return opened.ok ? entryOf(opened.value) : opened;
  };
  return new Map(await Promise.all(ids.map(async (id, at) => [id, await open(at)] as const)));
}

const NO_KEY_REFUSALS = {
  none: "not-found",
  locked: "locked",
  corrupt: "damaged",
  "newer-version": "newer-version",
} as const;

/** @returns the new ids, in the order of the drafts */
export function addEntries(drafts: readonly EntryDraft[], { now }: { now: number }): Promise<string[]> {
  return commit(async ({ index }) => {
    const first = orderAtEnd(index);
    const rows = drafts.map((draft, at) => {
      const entry = parseEntry(draftToEntry(draft, now));
      if (!entry.ok) throw Error("a draft does not make an entry");
      return [crypto.randomUUID(), newRow(entry.value, first + at)] as const;
    });
    return { result: rows.map(([id]) => id), rows: new Map(rows) };
  });
}

/**
 * Merges the patch into the entry; fields of a newer version stay. Another secret moves secretSetAt to now. Throws if
 * the patch makes no valid entry.
 */
export function changeEntry(
  id: string,
  patch: Partial<Entry>,
  now: number = Date.now(),
): Promise<Result<void, ChangeRefusal>> {
  return changeRow(id, (row) => patchedRow(row, patch, now));
}

/** The row with the patch merged into its entry. Throws if that makes no valid entry. */
export function patchedRow(
  row: StoredRow,
  patch: Partial<Entry>,
  now: number,
): Result<StoredRow, RowProblem> {
  const before = entryOf(row);
  if (!before.ok) return before;
  const newSecret = patch.secret !== undefined && !isSameText(patch.secret, before.value.secret);
  const after = parseEntry({ ...before.value, ...(newSecret ? { secretSetAt: now } : {}), ...patch });
  if (!after.ok) throw Error("a patch does not make an entry");
  const { presses, ...rest } = row;
  // What a press got belongs to the secret and counter it was made from.
  const sameCodes = !newSecret && after.value.counter === before.value.counter;
  return ok({ ...rest, entry: after.value, ...(sameCodes && presses ? { presses } : {}) });
}

export function setPinned(id: string, pinned: boolean): Promise<Result<void, ChangeRefusal>> {
  return changeRow(id, (row) => ok({ ...row, pinned }));
}

/** Puts the entry right before another one, or at the end where that is null or not there. */
export function moveEntry(
  id: string,
  { before }: { before: string | null },
): Promise<Result<void, ChangeRefusal>> {
  return commit(async (view): Promise<Change<Result<void, ChangeRefusal>>> => {
    const orders = moveBefore(view.index, id, before);
    const rows = await view.open([...orders.keys()]);
    const moved = rows.get(id);
    if (moved === undefined) return { result: err("not-found") };
    if (!moved.ok) return { result: moved };
    const changed = [...orders].flatMap(([each, order]): [string, StoredRow][] => {
      const row = rows.get(each);
      return row?.ok ? [[each, { ...row.value, order }]] : [];
    });
    return { result: ok(undefined), rows: new Map(changed) };
  });
}

/**
 * Counts one use, and remembers where it was. Writes the index only; nothing happens to an id that is not there.
 *
 * @param host as in URL.host; null where the code was used on no site that is known
 */
export function recordUse(id: string, now: number, host: string | null = null): Promise<void> {
  return commit(async ({ index }) => {
    const row = index.find((each) => each.id === id);
    if (row === undefined) return { result: undefined };
    const used = { uses: row.uses + 1, lastUsedAt: now };
    const usedOn = host === null ? {} : { usedOn: latestHosts([{ host, at: now }, ...(row.usedOn ?? [])]) };
    return { result: undefined, uses: new Map([[id, { ...used, ...usedOn }]]) };
  });
}

/**
 * The same for a code that has been filled or copied by then: where it can't be written (a full disk, a vault that was
 * locked meanwhile), what was done is done, and only its place among the most used suffers.
 */
export async function recordUseIfPossible(
  id: string,
  now: number,
  host: string | null = null,
): Promise<void> {
  await recordUse(id, now, host).catch(() => {});
}

function changeRow(
  id: string,
  change: (row: StoredRow) => Result<StoredRow, RowProblem>,
): Promise<Result<void, ChangeRefusal>> {
  return commit(async (view): Promise<Change<Result<void, ChangeRefusal>>> => {
    const row = (await view.open([id])).get(id);
    if (row === undefined) return { result: err("not-found") };
    if (!row.ok) return { result: row };
    const changed = change(row.value);
    if (!changed.ok) return { result: changed };
    return { result: ok(undefined), rows: new Map([[id, changed.value]]) };
  });
}

function isSameText(a: string, b: string): boolean {
  const [bytesA, bytesB] = [base32Decode(a), base32Decode(b)];
  return bytesA.ok && bytesB.ok ? equalBytes(bytesA.value, bytesB.value) : a === b;
}
