import * as z from "zod/mini";
import {
  type CollectedMigration,
  collectMigrationParts,
  groupMigrationParts,
  type MigrationPart,
  parseMigrationUri,
} from "../../shared/formats/google-migration.ts";
import { sessionItem } from "../platform/session-storage.ts";

/** An export of Google Authenticator of which one part at least was scanned. */
export type PendingBatch = {
  readonly collected: CollectedMigration;
  /** How many codes the export has. */
  readonly batchSize: number;
  /** The latest scan that brought a part, in milliseconds since 1970 UTC. */
  readonly scannedAt: number;
  /** The parts themselves, by which the export is forgotten again. */
  readonly uris: readonly string[];
};

/** Far more than a QR code holds. */
const uriSchema = z.string().check(z.maxLength(8192));
const storedSchema = z.array(z.object({ uri: uriSchema, at: z.int().check(z.nonnegative()) }));
type Stored = z.infer<typeof storedSchema>;

const MOST_PARTS = 200;
/** Parts are accounts with their secrets: an export that is not finished within an hour is begun anew. */
const KEPT_MS = 60 * 60 * 1000;

/**
 * In session memory, like the unlocked key: the popup dies between two scans, and nothing of it may reach the disk
 * unencrypted.
 */
const item = sessionItem("pending-migration", storedSchema);

/**
 * Keeps scanned parts until the others of their export have come.
 *
 * @param uris otpauth-migration URIs that readQrPayload read; others throw
 * @param now milliseconds since 1970 UTC
 * @returns the exports they belong to, with all parts known by now; `collected.complete` where none is missing
 */
export async function keepMigrationParts(uris: readonly string[], now: number): Promise<PendingBatch[]> {
  if (uris.some((uri) => partOf(uri) === null)) throw new Error("not a migration part");
  const stored = await change(
    (parts) => [...parts.filter(({ uri }) => !uris.includes(uri)), ...uris.map((uri) => ({ uri, at: now }))],
    now,
  );
  return batchesOf(stored).filter((batch) => batch.uris.some((uri) => uris.includes(uri)));
}

/** The exports that were begun, the latest first; complete ones too, until they are forgotten. */
export async function pendingBatches(now: number): Promise<PendingBatch[]> {
  return batchesOf(freshOf((await item.get()) ?? [], now));
}

/** Forgets an export: its entries were kept, or the person gave it up. */
export async function forgetBatch(batch: PendingBatch, now: number): Promise<void> {
  await change((parts) => parts.filter(({ uri }) => !batch.uris.includes(uri)), now);
}

/** Forgets all of them: to be called when the vault is locked. */
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
  const read = stored.flatMap(({ uri, at }) => {
    const part = partOf(uri);
    return part === null ? [] : [{ uri, at, part }];
  });
  return groupMigrationParts(read.map(({ part }) => part))
    .map((parts) => {
      const members = read.filter(({ part }) => parts.includes(part));
      return {
        collected: collectMigrationParts(parts),
        batchSize: parts[0]?.batchSize ?? 0,
        scannedAt: Math.max(...members.map(({ at }) => at)),
        uris: members.map(({ uri }) => uri),
      };
    })
    .sort((a, b) => b.scannedAt - a.scannedAt);
}
