import * as z from "zod/mini";
import { readBackupRow, writeBackupRow } from "../../vault/backup-rows.ts";
import type { VaultKey } from "../../vault/vault-key.ts";

export const FAILURES = [
  /** The browser no longer lets the extension save files among the downloads. */
  "no-permission",
  /** The folder has to be allowed again; browsers may ask after each start. */
  "folder-asks",
  /** The folder is not there, or can't be read. */
  "folder-gone",
  /** The browser did not write the file, or not to its end. */
  "not-written",
  /** The file is not what was written. */
  "not-verified",
  "failed",
] as const;

/** Why no backup was made by itself. */
export type Failure = (typeof FAILURES)[number];

const fileSchema = z.object({
  name: z.string(),
  /** When what is in it was read, in milliseconds since 1970 UTC. */
  at: z.number(),
  /** Bytes. */
  size: z.int(),
  /** Of the file, in hexadecimal. */
  sha256: z.string(),
  entries: z.int(),
  /** Entries that could not be opened and are not in it. */
  leftOut: z.int(),
  /** The lock of the plan that it was made by. */
  lockId: z.string(),
  /** What the vault held (contentsMark). */
  mark: z.string(),
  where: z.discriminatedUnion("kind", [
    /** The path is "" until the download has ended. */
    z.object({ kind: z.literal("downloads"), id: z.int(), path: z.string() }),
    z.object({ kind: z.literal("folder"), folder: z.string() }),
  ]),
  /** Whether it was looked at after it was written, and is what was written. Else it counts for nothing. */
  isVerified: z.boolean(),
});

/** A file that this vault has written by itself. */
export type WrittenFile = z.infer<typeof fileSchema>;
export type Whereabouts = WrittenFile["where"];

const recordSchema = z.object({
  version: z.literal(1),
  files: z.array(fileSchema),
  failure: z.nullable(z.object({ at: z.number(), why: z.enum(FAILURES) })),
});

/** The files that this vault knows to be its own, in the order they were written, and why the last attempt failed; null where it did not. */
export type FileRecord = Omit<z.infer<typeof recordSchema>, "version">;

export async function readFileRecord(key: VaultKey): Promise<FileRecord> {
  const found = await readBackupRow(key, "files", recordSchema);
  return { files: found?.value.files ?? [], failure: found?.value.failure ?? null };
}

/** To be called under the lock of backups: what it writes takes the place of the whole record. */
export function writeFileRecord(key: VaultKey, record: FileRecord): Promise<void> {
  return writeBackupRow(key, "files", { version: 1, ...record });
}
