import * as z from "zod/mini";
import { err, ok, type Result } from "../result.ts";

// zod compiles its parsers with `new Function` where it may; an extension page must not, so it is told not to try.
z.config({ jitless: true });

/** The version of the JSON below that this code writes. Readers accept any later one: fields are only ever added. */
export const ENTRY_VERSION = 1;

export const ENTRY_TYPES = ["totp", "hotp", "steam", "motp", "yandex"] as const;
export type EntryType = (typeof ENTRY_TYPES)[number];

export const ALGORITHMS = ["SHA1", "SHA256", "SHA512", "MD5"] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** RFC 4226 section 5.3 truncates to 31 bits: more than ten digits would only be leading zeros, fewer than five a guess. */
export const MIN_DIGITS = 5;
export const MAX_DIGITS = 10;

const text = z.string();
const timestamp = z.int().check(z.nonnegative());

/**
 * One OTP secret with issuer and account name, as it is stored, backed up and shared.
 *
 * A loose object: fields that a newer version added pass through parsing and are written back untouched.
 */
export const entrySchema = z.looseObject({
  version: z.int().check(z.gte(1)),
  type: z.enum(ENTRY_TYPES),
  issuer: text,
  account: text,
  /**
   * Base32 (RFC 4648 section 6) in upper case, without blanks, dashes or padding. The characters are the ones the
   * service gave, left-over bits included, so that a backup gives back what came in; compare secrets by their bytes.
   */
  secret: text.check(z.regex(/^[A-Z2-7]+$/)),
  algorithm: z.enum(ALGORITHMS),
  digits: z.int().check(z.gte(MIN_DIGITS), z.lte(MAX_DIGITS)),
  /** Seconds, from 1; null for hotp. */
  period: z.nullable(z.int().check(z.gte(1))),
  /** The counter of the NEXT code to be asked for (RFC 4226 section 5.1); null for all types but hotp. */
  counter: z.nullable(z.int().check(z.nonnegative())),
  /** motp and yandex only. */
  pin: z.nullable(text),
  /**
   * Where the code may be filled in. "host" or "host:port" (as in URL.host, so punycode and without default port)
   * means exactly that host; "*.domain" means the registrable domain and everything below it.
   */
  sites: z.array(text),
  tags: z.array(text),
  note: text,
  /** A data URL of a picture the person brought along; null shows the bundled mark or a monogram. Never fetched. */
  icon: z.nullable(text),
  /** Milliseconds since 1970 UTC. When this secret came into the vault, not when the entry last changed. */
  secretSetAt: timestamp,
  /** Milliseconds since 1970 UTC; null while the entry is not in the trash. */
  deletedAt: z.nullable(timestamp),
});

export type Entry = z.infer<typeof entrySchema>;

/** What a way in (scan, file, form) produces: everything but what only the vault knows. */
export type EntryDraft = Pick<
  Entry,
  "type" | "issuer" | "account" | "secret" | "algorithm" | "digits" | "period" | "counter" | "pin"
> &
  Partial<Pick<Entry, "sites" | "tags" | "note" | "icon">>;

/**
 * Completes a draft into an entry of the current version.
 *
 * @param now milliseconds since 1970 UTC
 */
export function draftToEntry(draft: EntryDraft, now: number): Entry {
  return {
    version: ENTRY_VERSION,
    sites: [],
    tags: [],
    note: "",
    icon: null,
    ...draft,
    secretSetAt: now,
    deletedAt: null,
  };
}

/**
 * Reads an entry that was parsed from JSON.
 *
 * @returns the entry with all its unknown fields; "newer-version" where the JSON says so and its known fields can't be
 *   read (it must then be kept as it is, never rewritten); "corrupt" otherwise.
 */
export function parseEntry(json: unknown): Result<Entry, "newer-version" | "corrupt"> {
  const parsed = entrySchema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const version = z.looseObject({ version: z.int() }).safeParse(json);
  return err(version.success && version.data.version > ENTRY_VERSION ? "newer-version" : "corrupt");
}
