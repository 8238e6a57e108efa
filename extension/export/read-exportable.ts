import type { WritableEntry } from "../../shared/formats/format.ts";
import { requireAllowed } from "../policy/forbidden.ts";
import { readEntries, readIndex } from "../vault/entries.ts";
import type { IndexRow } from "../vault/index-row.ts";
import { VaultLockedError } from "../vault/vault-locked.ts";

export type Exportable = {
  readonly opened: readonly { readonly row: IndexRow; readonly entry: WritableEntry }[];
  readonly unreadable: readonly { readonly row: IndexRow; readonly reason: "damaged" | "newer-version" }[];
  /** How many of all entries are in the trash, which goes along with none of them. */
  readonly inTrash: number;
};

/**
 * Opens what is to be exported, in the order of the list. Throws VaultLockedError, ForbiddenByPolicyError.
 *
 * @param ids what is in the trash, or gone by now, is passed over
 */
export async function readExportable(ids: readonly string[]): Promise<Exportable> {
  await requireAllowed("exportForbidden");
  const wanted = new Set(ids);
  const index = await readIndex();
  const rows = index.filter(({ id, deletedAt }) => deletedAt === null && wanted.has(id));
  const entries = await readEntries(rows.map(({ id }) => id));
  const opened: Exportable["opened"][number][] = [];
  const unreadable: Exportable["unreadable"][number][] = [];
  for (const row of rows) {
    const entry = entries.get(row.id);
    if (entry?.ok) opened.push({ row, entry: { ...entry.value, pinned: row.pinned } });
    else if (entry?.error === "locked") throw new VaultLockedError();
    // What was deleted since the index was read is no loss to tell about.
    else if (entry && entry.error !== "not-found") unreadable.push({ row, reason: entry.error });
  }
  return { opened, unreadable, inTrash: index.filter(({ deletedAt }) => deletedAt !== null).length };
}
