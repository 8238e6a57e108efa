import { db } from "../vault/db.ts";
import type { SnapshotId } from "../vault/snapshot.ts";
import { readSnapshots, untouchedOf } from "../vault/snapshot.ts";
import { requireVaultKey } from "../vault/vault-key.ts";
import { watchRows } from "../vault/watch-rows.ts";

/** An import of the last 30 days, and what taking it back would do now. */
export type PastImport = {
  readonly id: SnapshotId;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  /** Ids of the formats that its files had. */
  readonly formats: readonly string[];
  /** Entries that it brought, and that would go. */
  readonly added: number;
  /** Entries that it changed, and that would become what they were. */
  readonly changed: number;
  /** Entries that were changed since, and would stay as they are. */
  readonly changedSince: number;
};

/** The latest first. Throws VaultLockedError. */
export async function pastImports(): Promise<PastImport[]> {
  const snapshots = await readSnapshots(await requireVaultKey());
  const imports = [...snapshots].filter(([id]) => id.startsWith("import/"));
  const ids = imports.flatMap(([, { rows }]) => rows.map((row) => row.id));
  const found = (await db.entries.bulkGet(ids)).flatMap((row) => (row ? [row] : []));
  const revs = new Map(found.map((row) => [row.id, row.rev]));
  return imports
    .map(([id, snapshot]): PastImport => {
      const { takenAt, rows, formats } = snapshot;
      const untouched = untouchedOf(snapshot, revs);
      const added = untouched.filter(({ before }) => before === null).length;
      return {
        id,
        at: takenAt,
        formats: formats ?? [],
        added,
        changed: untouched.length - added,
        changedSince: rows.length - untouched.length,
      };
    })
    .toSorted((a, b) => b.at - a.at);
}

/** Calls back with them at once and whenever anything of them changes. @returns stops watching */
export function watchImports(onImports: (imports: PastImport[]) => void): () => void {
  return watchRows(() => Promise.all([db.vault.get("vault"), db.snapshots.count()]), pastImports, onImports);
}
