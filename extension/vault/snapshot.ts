import * as z from "zod/mini";
import { CTX } from "../../shared/crypto/context.ts";
import { db, type SealedRow } from "./db.ts";
import { openJson, sealJson } from "./sealed-json.ts";
import { rowSchema } from "./stored-row.ts";
import type { VaultKey } from "./vault-key.ts";

const SNAPSHOT_ID = "restore";
const SNAPSHOT_VERSION = 1;

const snapshotSchema = z.object({
  version: z.literal(SNAPSHOT_VERSION),
  /** Milliseconds since 1970 UTC. */
  takenAt: z.number(),
  /** The revision that the rows got in the write this undoes: whoever has it still was not changed since. */
  rev: z.int(),
  /** The rows as they were; null where there was none. */
  rows: z.array(z.object({ id: z.string(), before: z.nullable(rowSchema) })),
});

/** What undoing the last restore takes. */
export type Snapshot = Omit<z.infer<typeof snapshotSchema>, "version">;

/** @returns null where there is none, or none that can be read */
export async function readSnapshot(key: VaultKey): Promise<Snapshot | null> {
  const row = await db.snapshots.get(SNAPSHOT_ID);
  if (row === undefined) return null;
  const json = await openJson(key.rows, row.sealed, snapshotContext(key, row.rev));
  const parsed = snapshotSchema.safeParse(json.ok ? json.value : null);
  return parsed.success ? parsed.data : null;
}

/** @param rev of the write it is stored with, which may be a later one than that it undoes */
export async function sealSnapshot(key: VaultKey, rev: number, snapshot: Snapshot): Promise<SealedRow> {
  const value = { version: SNAPSHOT_VERSION, ...snapshot };
  return { id: SNAPSHOT_ID, rev, sealed: await sealJson(key.rows, value, snapshotContext(key, rev)) };
}

function snapshotContext(key: VaultKey, rev: number) {
  return CTX("local-snapshot", key.vaultId, SNAPSHOT_ID, rev);
}
