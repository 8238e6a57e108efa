import { bytesToHex, utf8 } from "../../shared/bytes.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { db } from "./db.ts";
import { openRow, type RowProblem, type StoredRow } from "./stored-row.ts";
import { requireVaultKey } from "./vault-key.ts";

export type AllRows = {
  /** Which vault, and the write after which it was read. */
  readonly vaultId: string;
  readonly rev: number;
  readonly rows: readonly {
    readonly id: string;
    /** Of the write that the row got its bytes in. */
    readonly rev: number;
    readonly row: StoredRow;
  }[];
  readonly problems: readonly { readonly id: string; readonly reason: RowProblem }[];
};

/** Opens every entry there is, trash included: for a backup. Throws VaultLockedError. */
export async function readAllRows(): Promise<AllRows> {
  const key = await requireVaultKey();
  const [vault, sealed] = await db.transaction("r", [db.vault, db.entries], () =>
    Promise.all([db.vault.get("vault"), db.entries.toArray()]),
  );
  const opened = await Promise.all(
    sealed.map(async (each) => ({ id: each.id, rev: each.rev, row: await openRow(key, each) })),
  );
  return {
    vaultId: key.vaultId,
    rev: vault?.rev ?? 0,
    rows: opened.flatMap(({ id, rev, row }) => (row.ok ? [{ id, rev, row: row.value }] : [])),
    problems: opened.flatMap(({ id, row }) => (row.ok ? [] : [{ id, reason: row.error }])),
  };
}

/**
 * Which entries there are and in which write each got its bytes, as text: another one as soon as anything of them has
 * changed. Using an entry changes nothing, unless its codes are counted.
 */
export async function contentsMark(): Promise<{ readonly mark: string; readonly entries: number }> {
  const rows = await db.entries.toArray();
  const lines = rows.map(({ id, rev }) => `${id} ${rev}\n`).join("");
  return { mark: bytesToHex(await sha256(utf8(lines))), entries: rows.length };
}
