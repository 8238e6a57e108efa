import * as z from "zod/mini";
import type { Bytes } from "../../shared/bytes.ts";
import { openAead, sealAead } from "../../shared/crypto/aead.ts";
import { CTX } from "../../shared/crypto/context.ts";
import { type Entry, parseEntry } from "../../shared/otp/entry.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { SealedRow } from "./db.ts";
import { openJson, sealJson } from "./sealed-json.ts";
import type { VaultKey } from "./vault-key.ts";

const ROW_VERSION = 1;

export const rowSchema = z.looseObject({
  version: z.int().check(z.gte(1)),
  /** An entry, of this or a later version: read it with entryOf, write back what is not understood. */
  entry: z.unknown(),
  pinned: z.boolean(),
  order: z.number(),
  /** The group that shares it; absent where it is only this person's. */
  group: z.optional(z.string()),
  /** hotp only: the latest presses and the counter each of them got. */
  presses: z.optional(z.array(z.object({ id: z.string(), counter: z.int() }))),
});

/** What the ciphertext of one row holds: all that must outlive the index. */
export type StoredRow = z.infer<typeof rowSchema>;
export type RowProblem = "damaged" | "newer-version";

export function newRow(entry: Entry, order: number): StoredRow {
  return { version: ROW_VERSION, entry, pinned: false, order };
}

/** Encrypts a row, bound to vault, id and revision: one that was moved, copied or taken from the past won't open. */
export async function sealRow(key: VaultKey, id: string, rev: number, row: StoredRow): Promise<SealedRow> {
  return { id, rev, sealed: await sealJson(key.rows, row, rowContext(key, id, rev)) };
}

/**
 * The same row under another key. What is in it is not looked at: a row of a later version comes along as it is.
 *
 * @returns null where its bytes can't be opened
 */
export async function sealRowAgain(from: VaultKey, to: VaultKey, row: SealedRow): Promise<SealedRow | null> {
  const bytes = await openAead(from.rows, row.sealed, rowContext(from, row.id, row.rev));
  if (!bytes.ok) return null;
  return { ...row, sealed: await sealAead(to.rows, bytes.value, rowContext(to, row.id, row.rev)) };
}

export async function openRow(key: VaultKey, row: SealedRow): Promise<Result<StoredRow, RowProblem>> {
  const json = await openJson(key.rows, row.sealed, rowContext(key, row.id, row.rev));
  if (!json.ok) return err("damaged");
  const parsed = rowSchema.safeParse(json.value);
  if (parsed.success) return ok(parsed.data);
  const version = z.looseObject({ version: z.int() }).safeParse(json.value);
  return err(version.success && version.data.version > ROW_VERSION ? "newer-version" : "damaged");
}

/** The entry in a row. "newer-version": to be shown as such and left untouched. */
export function entryOf(row: StoredRow): Result<Entry, RowProblem> {
  const entry = parseEntry(row.entry);
  if (entry.ok) return entry;
  return err(entry.error === "corrupt" ? "damaged" : "newer-version");
}

function rowContext(key: VaultKey, id: string, rev: number): Bytes {
  return CTX("local-entry", key.vaultId, id, rev);
}
