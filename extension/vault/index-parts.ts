import type { Bytes } from "../../shared/bytes.ts";
import { CTX } from "../../shared/crypto/context.ts";
import type { SealedRow } from "./db.ts";
import type { IndexRow } from "./index-row.ts";
import { openJson, sealJson } from "./sealed-json.ts";
import type { VaultKey } from "./vault-key.ts";

/**
 * So many rows lie in one part: encrypted they stay below the 64 KiB from which Chromium keeps a value in a file of its own,
 * and a vault of a few accounts is one part, as it always was.
 */
export const ROWS_IN_A_PART = 128;

/** A part of the index and the write that left it. */
export type IndexPart = { readonly rev: number; readonly rows: readonly IndexRow[] };

/**
 * The index in its parts, so that a write encrypts those that it changes, however many entries there are. Part 0 lies in the
 * row "index", which every write writes: it says which other parts there are and of which write each has to be.
 */
export type PartedIndex = {
  /** By number. */
  readonly parts: ReadonlyMap<number, IndexPart>;
  /** In which of them a row is, by its id. */
  readonly partOf: ReadonlyMap<string, number>;
};

/** Lays rows out anew. */
export function partedIndex(rev: number, rows: readonly IndexRow[]): PartedIndex {
  const nothing = { parts: new Map([[0, { rev, rows: [] }]]), partOf: new Map() };
  return changeParts(nothing, rev, new Map(rows.map((row) => [row.id, row])));
}

export function rowsOf({ parts }: PartedIndex): IndexRow[] {
  return [...parts.values()].flatMap(({ rows }) => rows);
}

export function rowIn({ parts, partOf }: PartedIndex, id: string): IndexRow | undefined {
  return parts.get(partOf.get(id) ?? -1)?.rows.find((row) => row.id === id);
}

/**
 * The index after a write. A row stays in the part where it is; a new one goes where there is room.
 *
 * @param rev of the write: of the parts that it changes
 * @param changed by id; null: deleted
 */
export function changeParts(
  { parts, partOf }: PartedIndex,
  rev: number,
  changed: ReadonlyMap<string, IndexRow | null>,
): PartedIndex {
  const touched = new Map<number, IndexRow[]>();
  const touch = (number: number): IndexRow[] => {
    const rows = touched.get(number) ?? [...(parts.get(number)?.rows ?? [])];
    touched.set(number, rows);
    return rows;
  };
  const homeless: IndexRow[] = [];
  for (const [id, row] of changed) {
    const number = partOf.get(id);
    if (number === undefined) {
      if (row) homeless.push(row);
      continue;
    }
    const rows = touch(number);
    const at = rows.findIndex((each) => each.id === id);
    rows.splice(at, 1, ...(row ? [row] : []));
  }
  // The index as it was before there were parts, too: what is too much moves on.
  const first = touch(0);
  homeless.unshift(...first.splice(ROWS_IN_A_PART));

  const isMoved = homeless.length > 0 || [...changed.values()].includes(null);
  const after = isMoved ? new Map(partOf) : partOf;
  if (isMoved) {
    const moved = after as Map<string, number>;
    for (const [id, row] of changed) if (row === null) moved.delete(id);
    let number = 0;
    for (const row of homeless) {
      while ((touched.get(number) ?? parts.get(number)?.rows ?? []).length >= ROWS_IN_A_PART) number++;
      touch(number).push(row);
      moved.set(row.id, number);
    }
  }
  const next = new Map(parts);
  for (const [number, rows] of touched) {
    if (rows.length > 0 || number === 0) next.set(number, { rev, rows });
    else next.delete(number);
  }
  return { parts: next, partOf: after };
}

/** Encrypts the parts that a write has changed; the row "index" comes first. */
export async function sealParts(key: VaultKey, rev: number, { parts }: PartedIndex): Promise<SealedRow[]> {
  const others = [...parts].filter(([number]) => number !== 0);
  const rows = parts.get(0)?.rows ?? [];
  const root =
    others.length === 0
      ? { version: 1, rows }
      : { version: 2, rows, parts: others.map(([number, part]) => [number, part.rev]) };
  return Promise.all([
    sealJson(key.rows, root, rootContext(key, rev)).then((sealed) => ({ id: "index", rev, sealed })),
    ...others
      .filter(([, part]) => part.rev === rev)
      .map(async ([number, part]) => {
        const sealed = await sealJson(key.rows, { rows: part.rows }, partContext(key, number, rev));
        return { id: partId(number), rev, sealed };
      }),
  ]);
}

/** Under which id a part other than the first is stored. */
export function partId(number: number): string {
  return `part/${number}`;
}

/**
 * Opens an index, as far as it can be read. What we encrypted ourselves is not checked field by field: there may be
 * thousands.
 *
 * @returns isWhole: whether every part is there that the first one names
 */
export async function openParts(
  key: VaultKey,
  stored: readonly SealedRow[],
): Promise<PartedIndex & { readonly isWhole: boolean }> {
  const byId = new Map(stored.map((row) => [row.id, row]));
  const root = byId.get("index");
  const opened = await openPart(key, root, root && rootContext(key, root.rev));
  const isKnown = opened?.version === 1 || opened?.version === 2;
  const named = isKnown && opened.version === 2 ? opened.parts : [];
  const others = await Promise.all(
    named.map(async ([number, rev]): Promise<[number, IndexPart] | null> => {
      const row = byId.get(partId(number));
      const part = row?.rev === rev ? await openPart(key, row, partContext(key, number, rev)) : null;
      return part && [number, { rev, rows: part.rows }];
    }),
  );
  const first: [number, IndexPart] = [0, { rev: root?.rev ?? -1, rows: isKnown ? opened.rows : [] }];
  const parts = new Map([first, ...others.filter((part) => part !== null)]);
  const partOf = new Map<string, number>();
  for (const [number, { rows }] of parts) for (const { id } of rows) partOf.set(id, number);
  return { parts, partOf, isWhole: isKnown && !others.includes(null) };
}

type OpenedPart = {
  readonly version?: number;
  readonly rows: readonly IndexRow[];
  readonly parts: readonly (readonly [number, number])[];
};

async function openPart(
  key: VaultKey,
  row: SealedRow | undefined,
  context: Bytes | undefined,
): Promise<OpenedPart | null> {
  if (row === undefined || context === undefined) return null;
  const json = await openJson(key.rows, row.sealed, context);
  const value = json.ok ? json.value : null;
  if (typeof value !== "object" || value === null || !("rows" in value)) return null;
  return Array.isArray(value.rows) ? ({ parts: [], ...value } as unknown as OpenedPart) : null;
}

function rootContext({ vaultId }: VaultKey, rev: number): Bytes {
  return CTX("local-index", vaultId, rev);
}

function partContext({ vaultId }: VaultKey, number: number, rev: number): Bytes {
  return CTX("local-index-part", vaultId, number, rev);
}
