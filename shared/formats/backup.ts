import * as z from "zod/mini";
import { type Entry, entrySchema, parseEntry } from "../otp/entry.ts";
import { err, ok, type Result } from "../result.ts";

/** A version that is raised only when earlier readers could not read what is written; fields may be added without. */
export const BACKUP_VERSION = 1;

const itemFields = {
  /** A UUID: restoring finds the entry again by it. */
  id: z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)),
  pinned: z.boolean(),
  /** Smaller comes first. */
  order: z.number(),
};
const fileFields = {
  format: z.literal("countersign-backup"),
  version: z.int().check(z.gte(1)),
  /** Milliseconds since 1970 UTC. */
  createdAt: z.int().check(z.nonnegative()),
  /** Which vault wrote it, and after which of its writes: by that it is told what came later. Not in the first ones. */
  vault: z.optional(z.object({ id: z.string(), rev: z.int().check(z.nonnegative()) })),
};

/** For who has the file and nothing else. */
const ABOUT =
  "A backup of Countersign, an authenticator. The secret of an entry is the HMAC key of RFC 6238 (totp) or RFC 4226 " +
  "(hotp) in base32 (RFC 4648). Periods are in seconds, counters are the next one to use, times are milliseconds since " +
  "1970 UTC. The JSON Schema of this file stands at its end.";

/** Everything of a vault that is worth keeping. It stands in an age file: see extension/backup. */
export const backupSchema = z.looseObject({
  ...fileFields,
  entries: z.array(z.looseObject({ ...itemFields, entry: entrySchema })),
});

/** The same for reading: one broken entry must not cost the others. */
const envelopeSchema = z.looseObject({
  ...fileFields,
  vault: z.catch(fileFields.vault, undefined),
  entries: z.array(z.unknown()),
});
const itemSchema = z.looseObject({ ...itemFields, entry: z.unknown() });

export type BackupItem = {
  readonly id: string;
  readonly pinned: boolean;
  readonly order: number;
  readonly entry: Entry;
};

/** An entry of a backup that can't be read: what it still says of itself, and why. */
export type UnreadableItem = {
  readonly issuer: string;
  readonly account: string;
  readonly reason: "corrupt" | "newer-version";
};

/** The vault that wrote a backup, and its revision then. */
export type BackupOrigin = { readonly id: string; readonly rev: number };

export type ParsedBackup = {
  readonly createdAt: number;
  /** null: the file does not say. */
  readonly vault: BackupOrigin | null;
  /** In the order of the file. */
  readonly items: readonly Result<BackupItem, UnreadableItem>[];
};

/**
 * Writes a backup as JSON text, with the JSON Schema of itself inside: who opens the file in many years needs nothing
 * else to read it.
 *
 * @param items entries of a newer version are passed on as they are
 * @param createdAt milliseconds since 1970 UTC
 * @param vault null where it is nobody's business, or nobody knows
 */
export function formatBackup(
  items: readonly (Omit<BackupItem, "entry"> & { readonly entry: unknown })[],
  createdAt: number,
  vault: BackupOrigin | null = null,
): string {
  const file = {
    format: "countersign-backup",
    version: BACKUP_VERSION,
    about: ABOUT,
    createdAt,
    ...(vault && { vault }),
    entries: items,
    schema: backupJsonSchema(),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** The JSON Schema (2020-12) of a backup. */
export function backupJsonSchema(): object {
  return z.toJSONSchema(backupSchema);
}

/**
 * Reads a backup.
 *
 * @returns "not-a-backup": other text, or JSON of something else; "newer-version": a later extension wrote it and this
 *   one can't read it; "corrupt": it says it is a backup and is not in the shape of one
 */
export function parseBackup(
  text: string,
): Result<ParsedBackup, "not-a-backup" | "newer-version" | "corrupt"> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err("not-a-backup");
  }
  const named = z.looseObject({ format: fileFields.format }).safeParse(json);
  if (!named.success) return err("not-a-backup");
  const version = fileFields.version.safeParse(named.data.version);
  if (version.success && version.data > BACKUP_VERSION) return err("newer-version");
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) return err("corrupt");
  const { createdAt, vault } = envelope.data;
  return ok({ createdAt, vault: vault ?? null, items: envelope.data.entries.map(parseItem) });
}

function parseItem(json: unknown): Result<BackupItem, UnreadableItem> {
  const item = itemSchema.safeParse(json);
  if (!item.success) return err({ ...textsOf(json), reason: "corrupt" });
  const { id, pinned, order } = item.data;
  const entry = parseEntry(item.data.entry);
  if (!entry.ok) return err({ ...textsOf(json), reason: entry.error });
  return ok({ id, pinned, order, entry: entry.value });
}

function textsOf(json: unknown): { issuer: string; account: string } {
  const text = z.catch(z.string(), "");
  const named = z.object({ entry: z.object({ issuer: text, account: text }) }).safeParse(json);
  return named.success ? named.data.entry : { issuer: "", account: "" };
}
