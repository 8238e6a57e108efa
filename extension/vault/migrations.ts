import type { StoredRow } from "./stored-row.ts";

/** Brings one row to the next version of the contents. Pure: it may run twice, and on a copy. Throws if it can't. */
export type Migration = (row: StoredRow) => StoredRow;

/** migrations[n] leads from version n + 1 to n + 2. Only ever appended to. */
export const MIGRATIONS: readonly Migration[] = [];

export const CONTENTS_VERSION = MIGRATIONS.length + 1;

/** Whether a later extension wrote the contents: nothing of them may be read as if it were ours, or written. */
export function isOfNewerVersion(vault: { readonly contentsVersion: number }): boolean {
  return vault.contentsVersion > CONTENTS_VERSION;
}
