import type { Table } from "dexie";
import { equalBytes } from "../../shared/bytes.ts";
import { db, type SealedRow, type VaultRow } from "./db.ts";
import { openParts, type PartedIndex, partedIndex, partId, rowsOf, sealParts } from "./index-parts.ts";
import { type IndexRow, toIndexRow } from "./index-row.ts";
import { openRow } from "./stored-row.ts";
import { openVaultKeyBeside, orThrow, type VaultKey } from "./vault-key.ts";

export type StoredIndex = {
  /** The vault row that was read together with the index. */
  readonly vault: VaultRow;
  readonly index: PartedIndex;
  /** "rebuilt": what is stored was missing, damaged or of other entries than those there are, and is still to be written. */
  readonly from: "stored" | "rebuilt";
};

/** What takes the place of all that is stored of an index. */
export async function sealIndex(
  key: VaultKey,
  rev: number,
  rows: readonly IndexRow[],
): Promise<readonly SealedRow[]> {
  return sealParts(key, rev, partedIndex(rev, rows));
}

/** Puts it there. To be called in a transaction. */
export async function replaceIndex(sealed: readonly SealedRow[]): Promise<void> {
  await db.index.clear();
  await db.index.bulkPut([...sealed]);
}

/** Writes what a write has changed of an index. To be called in a transaction. @param sealed the parts of it that it changed */
export async function storeIndex(
  { index: before, from }: StoredIndex,
  index: PartedIndex,
  sealed: readonly SealedRow[],
): Promise<void> {
  if (from === "rebuilt") return replaceIndex(sealed);
  const emptied = [...before.parts.keys()].filter((number) => !index.parts.has(number));
  await db.index.bulkPut([...sealed]);
  if (emptied.length > 0) await db.index.bulkDelete(emptied.map(partId));
}

/**
 * The index as this page last wrote it, by the key: so it goes with the key when the vault is locked. It is known by the
 * bytes of the row "index", which every write replaces: no write of anybody else leaves the same ones.
 */
const written = new WeakMap<VaultKey, { readonly root: SealedRow; readonly index: PartedIndex }>();

/** What a writer knows that it will need, so that it is read together with the vault. */
export type Ahead<T> = {
  /** Of entries. */
  readonly ids: readonly string[];
  /** What another room reads, from its tables alone. */
  readonly tables: readonly Table[];
  readonly read: () => Promise<T>;
};

/** What a writer starts from. */
export type ToWrite<T> = {
  readonly key: VaultKey;
  readonly found: StoredIndex;
  /** Those entries that were asked for, by id, as far as they exist. */
  readonly entries: ReadonlyMap<string, SealedRow>;
  readonly read: T;
};

/**
 * The key and the index for a writer, in one look: what this page wrote last is not opened again where it still is what is
 * stored. Throws VaultLockedError.
 *
 * @returns null where somebody else wrote between two looks: to be done again
 */
export async function readToWrite<T>({ ids, tables, read }: Ahead<T>): Promise<ToWrite<T> | null> {
  const look = await openVaultKeyBeside([db.index, db.entries, ...tables], () =>
    Promise.all([db.index.get("index"), ids.length > 0 ? db.entries.bulkGet([...ids]) : [], read()]),
  );
  const key = orThrow(look.key);
  const [root, rows, others] = look.beside;
  const last = written.get(key);
  const isLatest = root !== undefined && root.rev === look.vault?.rev && isSame(root, last?.root);
  const found: StoredIndex =
    isLatest && last && look.vault
      ? { vault: look.vault, index: last.index, from: "stored" }
      : await readStoredIndex(key);
  if (found.vault.rev !== look.vault?.rev) return null;
  const entries = new Map(rows.flatMap((row) => (row ? [[row.id, row] as const] : [])));
  return { key, found, entries, read: others };
}

function isSame(one: SealedRow, other: SealedRow | undefined): boolean {
  return other !== undefined && equalBytes(one.sealed, other.sealed);
}

/** Keeps in memory what was written just now. */
export function rememberWritten(key: VaultKey, root: SealedRow, index: PartedIndex): void {
  written.set(key, { root, index });
}

/**
 * Reads the index: a few rows to decrypt, however many entries there are. Where it can't be used, all entries are opened.
 *
 * The ids of the entries are listed while the rows are being decrypted, which halves the wait at thousands; a write that
 * came in between makes the two disagree, so only what was read at one moment is taken for damage.
 */
export async function readStoredIndex(key: VaultKey): Promise<StoredIndex> {
  const [found, ids] = await Promise.all([readSealed().then((sealed) => openFound(key, sealed)), readIds()]);
  if (found.isLatest && hasIds(found.index, ids))
    return { vault: found.vault, index: found.index, from: "stored" };
  const again = await db.transaction("r", [db.vault, db.index, db.entries], async () => ({
    sealed: await readSealed(),
    entries: await db.entries.toArray(),
  }));
  const { vault, index, isLatest } = await openFound(key, again.sealed);
  const isWhole =
    isLatest &&
    hasIds(
      index,
      again.entries.map(({ id }) => id),
    );
  if (isWhole) return { vault, index, from: "stored" };
  // Whatever this page wrote last, something else is stored now.
  written.delete(key);
  const rows = await rebuildIndex(key, again.entries, rowsOf(index));
  return { vault, index: partedIndex(vault.rev, rows), from: "rebuilt" };
}

/** Derives the rows anew from the entries; an older index still knows the uses, and the names of damaged entries. */
export function rebuildIndex(
  key: VaultKey,
  entries: readonly SealedRow[],
  before: readonly IndexRow[],
): Promise<IndexRow[]> {
  const beforeById = new Map(before.map((row) => [row.id, row]));
  return Promise.all(
    entries.map(async (row) => toIndexRow(key, row.id, await openRow(key, row), beforeById.get(row.id))),
  );
}

/** The rows of an index that was read together with its vault row; null where it can't be taken as it is. */
export async function openLatestIndex(
  key: VaultKey,
  vault: VaultRow,
  sealed: readonly SealedRow[],
): Promise<readonly IndexRow[] | null> {
  const { index, isLatest } = await openFound(key, { vault, sealed });
  const rows = rowsOf(index);
  // No rows are also what an index that can't be read gives: telling the two apart takes a look at the entries.
  return isLatest && rows.length > 0 ? rows : null;
}

type FoundIndex = { readonly vault: VaultRow; readonly sealed: readonly SealedRow[] };

async function readSealed(): Promise<FoundIndex> {
  return db.transaction("r", [db.vault, db.index], async () => {
    const [vault, sealed] = await Promise.all([requireVault(), db.index.toArray()]);
    return { vault, sealed };
  });
}

async function requireVault(): Promise<VaultRow> {
  const vault = await db.vault.get("vault");
  if (vault === undefined) throw Error("there is no vault");
  return vault;
}

function readIds(): Promise<string[]> {
  return db.entries.toCollection().primaryKeys();
}

/** The rows as far as they can be read, and whether the latest write left them. */
async function openFound(
  key: VaultKey,
  { vault, sealed }: FoundIndex,
): Promise<{ vault: VaultRow; index: PartedIndex; isLatest: boolean }> {
  const { isWhole, ...index } = await openParts(key, sealed);
  return { vault, index, isLatest: isWhole && index.parts.get(0)?.rev === vault.rev };
}

function hasIds({ partOf }: PartedIndex, ids: readonly string[]): boolean {
  return partOf.size === ids.length && ids.every((id) => partOf.has(id));
}
