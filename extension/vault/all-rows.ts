import { db } from "./db.ts";
import { openRow, type RowProblem, type StoredRow } from "./stored-row.ts";
import { requireVaultKey } from "./vault-key.ts";

export type AllRows = {
  readonly rows: readonly { readonly id: string; readonly row: StoredRow }[];
  readonly problems: readonly { readonly id: string; readonly reason: RowProblem }[];
};

/** Opens every entry there is, trash included: for a backup. Throws VaultLockedError. */
export async function readAllRows(): Promise<AllRows> {
  const key = await requireVaultKey();
  const sealed = await db.entries.toArray();
  const opened = await Promise.all(
    sealed.map(async (each) => ({ id: each.id, row: await openRow(key, each) })),
  );
  return {
    rows: opened.flatMap(({ id, row }) => (row.ok ? [{ id, row: row.value }] : [])),
    problems: opened.flatMap(({ id, row }) => (row.ok ? [] : [{ id, reason: row.error }])),
  };
}
