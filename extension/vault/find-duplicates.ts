import type { IndexRow } from "./index-row.ts";

export type Duplicates = {
  /** The same secret with the same parameters: the same codes for ever. What is used most comes first. */
  readonly sameSecret: readonly (readonly IndexRow[])[];
  /** One issuer and account name, but several secrets: at most one of them can be the right one. Newest first. */
  readonly sameName: readonly (readonly IndexRow[])[];
};

/**
 * Finds entries that are here more than once, without opening any. What is in the trash does not count, nor what stands in
 * two places: one of a group's would go to the trash of everybody in it.
 */
export function findDuplicates(rows: readonly IndexRow[]): Duplicates {
  const there = rows.filter(({ deletedAt, problem }) => deletedAt === null && problem === null);
  const sameSecret = groupsBy(
    there,
    inItsPlace(({ fingerprint }) => fingerprint),
  );
  const sameName = groupsBy(there, inItsPlace(nameOf)).filter(
    (group) => new Set(group.map(({ id, fingerprint }) => fingerprint ?? id)).size > 1,
  );
  return {
    sameSecret: sameSecret.map((group) => group.toSorted(byWeight)),
    sameName: sameName.map((group) => group.toSorted((a, b) => b.secretSetAt - a.secretSetAt)),
  };
}

function inItsPlace(keyOf: (row: IndexRow) => string | null) {
  return (row: IndexRow) => {
    const key = keyOf(row);
    return key === null ? null : `${row.group ?? ""}\n${key}`;
  };
}

/** Who would miss it most: what is pinned, then what is used most, then what comes first in the list. */
function byWeight(a: IndexRow, b: IndexRow): number {
  return Number(b.pinned) - Number(a.pinned) || b.uses - a.uses || a.order - b.order;
}

/** @returns null where there is no name to compare by */
function nameOf({ issuer, account }: IndexRow): string | null {
  const fold = (text: string) => text.normalize("NFKC").trim().toLowerCase();
  const name = `${fold(issuer)}\n${fold(account)}`;
  return name === "\n" ? null : name;
}

function groupsBy(rows: readonly IndexRow[], keyOf: (row: IndexRow) => string | null): IndexRow[][] {
  const groups = new Map<string, IndexRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
