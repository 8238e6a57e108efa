import { equalBytes } from "../../shared/bytes.ts";
import { db, type SealedRow, type VaultRow } from "./db.ts";
import { openParts, type PartedIndex, partedIndex, rowsOf, sealParts } from "./index-parts.ts";
import { type IndexRow, toIndexRow } from "./index-row.ts";
import { openRow } from "./stored-row.ts";
import type { VaultKey } from "./vault-key.ts";

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

/**
 * The index as this page last wrote it, by the key: so it goes with the key when the vault is locked. It is known by the
 * bytes of the row "index", which every write replaces: no write of anybody else leaves the same ones.
 */
const written = new WeakMap<VaultKey, { readonly root: SealedRow; readonly index: PartedIndex }>();

/** The index for a writer: what this page wrote last is not opened again where it still is what is stored. */
export async function readIndexToWrite(key: VaultKey): Promise<StoredIndex> {
  const last = written.get(key);
  if (last === undefined) return readStoredIndex(key);
  const { vault, root } = await db.transaction("r", [db.vault, db.index], async () => {
    const [found, stored] = await Promise.all([requireVault(), db.index.get("index")]);
    return { vault: found, root: stored };
  });
  const isLatest = root?.rev === vault.rev && equalBytes(root.sealed, last.root.sealed);
  return isLatest ? { vault, index: last.index, from: "stored" } : readStoredIndex(key);
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
