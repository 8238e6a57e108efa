import * as z from "zod/mini";
import { CTX } from "../../shared/crypto/context.ts";
import { db, type SealedRow } from "./db.ts";
import { openJson, sealJson } from "./sealed-json.ts";
import { rowSchema } from "./stored-row.ts";
import type { VaultKey } from "./vault-key.ts";

const SNAPSHOT_VERSION = 1;

/**
 * Which write can be undone: the last restore, one of the imports, an emptying of the trash, or going back to the copy from
 * before an update.
 */
export type SnapshotId = "restore" | `import/${string}` | TrashSnapshotId | `back/${string}`;
export type TrashSnapshotId = `trash/${string}`;

const snapshotSchema = z.object({
  version: z.literal(SNAPSHOT_VERSION),
  /** Milliseconds since 1970 UTC. */
  takenAt: z.number(),
  /** The revision that the rows got in the write this undoes: whoever has it still was not changed since. */
  rev: z.int(),
  /** The rows as they were; null where there was none. */
  rows: z.array(
    z.object({
      id: z.string(),
      before: z.nullable(rowSchema),
      /** The entry whose former secret this one keeps in the trash: it goes only where that one gets it back. */
      of: z.optional(z.string()),
    }),
  ),
  /** Of an import: the ids of the formats that its files had. */
  formats: z.optional(z.array(z.string())),
});

/** What undoing a restore or an import takes. */
export type Snapshot = Omit<z.infer<typeof snapshotSchema>, "version">;

/** Its rows that undoing changes: nobody touched them since, nor the entry whose secret they keep. */
export function untouchedOf({ rev, rows }: Snapshot, revs: ReadonlyMap<string, number>): Snapshot["rows"] {
  return rows.filter(({ id, of }) => revs.get(id) === rev && (of === undefined || revs.get(of) === rev));
}

/** @returns null where there is none, or none that can be read */
export async function readSnapshot(key: VaultKey, id: SnapshotId): Promise<Snapshot | null> {
  const row = await db.snapshots.get(id);
  return row === undefined ? null : openSnapshot(key, row);
}

/** All of them that can be read. */
export async function readSnapshots(key: VaultKey): Promise<Map<SnapshotId, Snapshot>> {
  const opened = await Promise.all(
    (await db.snapshots.toArray()).map(async (row) => [row.id, await openSnapshot(key, row)] as const),
  );
  return new Map(
    opened.flatMap(([id, snapshot]): [SnapshotId, Snapshot][] =>
      isSnapshotId(id) && snapshot !== null ? [[id, snapshot]] : [],
    ),
  );
}

/** @param rev of the write it is stored with, which may be a later one than that it undoes */
export async function sealSnapshot(
  key: VaultKey,
  rev: number,
  id: SnapshotId,
  snapshot: Snapshot,
): Promise<SealedRow> {
  const value = { version: SNAPSHOT_VERSION, ...snapshot };
  return { id, rev, sealed: await sealJson(key.rows, value, snapshotContext(key, id, rev)) };
}

async function openSnapshot(key: VaultKey, row: SealedRow): Promise<Snapshot | null> {
  const json = await openJson(key.rows, row.sealed, snapshotContext(key, row.id, row.rev));
  const parsed = snapshotSchema.safeParse(json.ok ? json.value : null);
  return parsed.success ? parsed.data : null;
}

function isSnapshotId(id: string): id is SnapshotId {
  return id === "restore" || /^(import|trash|back)\//.test(id);
}

function snapshotContext(key: VaultKey, id: string, rev: number) {
  return CTX("local-snapshot", key.vaultId, id, rev);
}
