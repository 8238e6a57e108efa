import { CTX } from "../../shared/crypto/context.ts";
import { db, type SealedRow, type VaultRow } from "./db.ts";
import { type IndexRow, toIndexRow } from "./index-row.ts";
import { openJson, sealJson } from "./sealed-json.ts";
import { openRow } from "./stored-row.ts";
import type { VaultKey } from "./vault-key.ts";

const INDEX_VERSION = 1;

export type StoredIndex = {
  /** The vault row that was read together with the index. */
  readonly vault: VaultRow;
  readonly rows: readonly IndexRow[];
  /** "rebuilt": what is stored was missing, damaged or of other entries than those there are, and is still to be written. */
  readonly from: "stored" | "rebuilt";
};

export async function sealIndex(key: VaultKey, rev: number, rows: readonly IndexRow[]): Promise<SealedRow> {
  const value = { version: INDEX_VERSION, rows };
  return { id: "index", rev, sealed: await sealJson(key.rows, value, indexContext(key, rev)) };
}

/**
 * Reads the index: one row to decrypt, whatever the number of entries. Where it can't be used, all entries are opened.
 *
 * The ids of the entries are listed while the row is being decrypted, which halves the wait at thousands; a write that
 * came in between makes the two disagree, so only what was read at one moment is taken for damage.
 */
export async function readStoredIndex(key: VaultKey): Promise<StoredIndex> {
  const [found, ids] = await Promise.all([readSealed().then((sealed) => openFound(key, sealed)), readIds()]);
  if (found.isLatest && hasIds(found.rows, ids))
    return { vault: found.vault, rows: found.rows, from: "stored" };
  const again = await db.transaction("r", [db.vault, db.index, db.entries], async () => ({
    sealed: await readSealed(),
    entries: await db.entries.toArray(),
  }));
  const { vault, rows, isLatest } = await openFound(key, again.sealed);
  const isWhole =
    isLatest &&
    hasIds(
      rows,
      again.entries.map(({ id }) => id),
    );
  if (isWhole) return { vault, rows, from: "stored" };
  return { vault, rows: await rebuildIndex(key, again.entries, rows), from: "rebuilt" };
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
  sealed: SealedRow | undefined,
): Promise<readonly IndexRow[] | null> {
  const { rows, isLatest } = await openFound(key, { vault, sealed });
  // No rows are also what an index that can't be read gives: telling the two apart takes a look at the entries.
  return isLatest && rows.length > 0 ? rows : null;
}

type FoundIndex = { readonly vault: VaultRow; readonly sealed: SealedRow | undefined };

async function readSealed(): Promise<FoundIndex> {
  return db.transaction("r", [db.vault, db.index], async () => {
    const [vault, sealed] = await Promise.all([db.vault.get("vault"), db.index.get("index")]);
    if (vault === undefined) throw Error("there is no vault");
    return { vault, sealed };
  });
}

function readIds(): Promise<string[]> {
  return db.entries.toCollection().primaryKeys();
}

/** The rows as far as they can be read, and whether the latest write left them. */
async function openFound(
  key: VaultKey,
  { vault, sealed }: FoundIndex,
): Promise<{ vault: VaultRow; rows: IndexRow[]; isLatest: boolean }> {
  const rows = sealed === undefined ? [] : await openIndex(key, sealed);
  return { vault, rows, isLatest: sealed?.rev === vault.rev };
}

/** The rows, or none where they can't be read. What we encrypted ourselves is not checked field by field: there may be thousands. */
async function openIndex(key: VaultKey, row: SealedRow): Promise<IndexRow[]> {
  const json = await openJson(key.rows, row.sealed, indexContext(key, row.rev));
  const index = json.ok ? json.value : null;
  const isIndex = typeof index === "object" && index !== null && "version" in index && "rows" in index;
  return isIndex && index.version === INDEX_VERSION && Array.isArray(index.rows) ? index.rows : [];
}

function hasIds(rows: readonly IndexRow[], ids: readonly string[]): boolean {
  if (rows.length !== ids.length) return false;
  const known = new Set(rows.map(({ id }) => id));
  return ids.every((id) => known.has(id));
}

function indexContext(key: VaultKey, rev: number) {
  return CTX("local-index", key.vaultId, rev);
}
