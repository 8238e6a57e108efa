import * as z from "zod/mini";
import {
  collectMigrationParts,
  type MigrationPart,
  parseMigrationUri,
} from "../../shared/formats/google-migration.ts";
import { sessionItem } from "../platform/session-storage.ts";

/** The parts of an export of Google Authenticator that were scanned so far. */
export type PendingBatch = {
  readonly batchId: number;
  readonly batchSize: number;
  /** The latest scan that brought a part, in milliseconds since 1970 UTC. */
  readonly scannedAt: number;
  readonly collected: ReturnType<typeof collectMigrationParts>;
};

/** A QR code holds no more, and an export of more parts than this is not one. */
const storedSchema = z.array(
  z.object({ uri: z.string().check(z.maxLength(8192)), at: z.int().check(z.nonnegative()) }),
);
type Stored = z.infer<typeof storedSchema>;

const MOST_PARTS = 100;
/** Parts are accounts with their secrets: an export that is not finished within an hour is begun anew. */
const KEPT_MS = 60 * 60 * 1000;

/**
 * In session memory, like the unlocked key: the popup dies between two scans, and nothing of it may reach the disk
 * unencrypted. The URIs themselves, since what was read of them holds bytes.
 */
const item = sessionItem("pending-migration", storedSchema);

/**
 * Keeps a scanned part until the others have come.
 *
 * @param uri the otpauth-migration URI; one that cannot be read throws: ask readQrPayload first
 * @param now milliseconds since 1970 UTC
 * @returns its batch with all parts that are known by now; `collected.complete` where this was the last
 */
export async function keepMigrationPart(uri: string, now: number): Promise<PendingBatch> {
  const part = parseMigrationUri(uri);
  if (!part.ok) throw new Error("not a migration part");
  const stored = await change(
    (parts) => [...parts.filter((known) => known.uri !== uri), { uri, at: now }],
    now,
  );
  const batch = batchesOf(stored).find(({ batchId }) => batchId === part.value.batchId);
  if (batch === undefined) throw new Error("a kept part has no batch");
  return batch;
}

/** The exports that were begun, the latest first; complete ones included until they are forgotten. */
export async function pendingBatches(now: number): Promise<PendingBatch[]> {
  return batchesOf(freshOf((await item.get()) ?? [], now));
}

/** Forgets an export: its entries were kept, or the person gave it up. */
export async function forgetBatch(batchId: number, now: number): Promise<void> {
  await change((parts) => parts.filter(({ uri }) => partOf(uri)?.batchId !== batchId), now);
}

/** Forgets all of them; to be called when the vault is locked. */
export async function forgetAllBatches(): Promise<void> {
  await navigator.locks.request("countersign-pending-migration", () => item.remove());
}

function change(next: (parts: Stored) => Stored, now: number): Promise<Stored> {
  return navigator.locks.request("countersign-pending-migration", async () => {
    const parts = next(freshOf((await item.get()) ?? [], now)).slice(-MOST_PARTS);
    await (parts.length === 0 ? item.remove() : item.set(parts));
    return parts;
  });
}

/** A clock that jumped back makes parts look as if they came from the future: those stay. */
function freshOf(parts: Stored, now: number): Stored {
  return parts.filter(({ at }) => now - at <= KEPT_MS);
}

function partOf(uri: string): MigrationPart | null {
  const part = parseMigrationUri(uri);
  return part.ok ? part.value : null;
}

function batchesOf(stored: Stored): PendingBatch[] {
  const partsByBatch = new Map<number, { parts: MigrationPart[]; scannedAt: number }>();
  for (const { uri, at } of stored) {
    const part = partOf(uri);
    if (part === null) continue;
    const batch = partsByBatch.get(part.batchId) ?? { parts: [], scannedAt: at };
    partsByBatch.set(part.batchId, {
      parts: [...batch.parts, part],
      scannedAt: Math.max(batch.scannedAt, at),
    });
  }
  return [...partsByBatch]
    .map(([batchId, { parts, scannedAt }]) => ({
      batchId,
      batchSize: Math.max(...parts.map((part) => part.batchSize)),
      scannedAt,
      collected: collectMigrationParts(parts),
    }))
    .sort((a, b) => b.scannedAt - a.scannedAt);
}
