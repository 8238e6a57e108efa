import { base32Decode, bytesToBase64 } from "../../shared/bytes.ts";
import { encodePayload, type PayloadEntry } from "../../shared/formats/google-migration-payload.ts";
import { DEFAULT_PERIOD } from "../../shared/otp/code.ts";
import type { Algorithm, Entry } from "../../shared/otp/entry.ts";
import { joinLabel } from "../../shared/otp/label.ts";
import type { UriEntry } from "../../shared/otp/otpauth-uri.ts";
import { encodePercent } from "../../shared/otp/percent.ts";
import { err, ok, type Result } from "../../shared/result.ts";

/** What Google Authenticator's export has no way to say of an entry, so that it is left out. */
export type MigrationLoss = "type" | "algorithm" | "digits" | "period" | "bad-secret" | "too-long";

/** What there is no place for beside the code. */
const LOST_FIELDS = ["note", "tags", "sites", "icon"] as const;

/** An entry, or a draft of one. */
export type MigratedEntry = UriEntry & Partial<Pick<Entry, (typeof LOST_FIELDS)[number]>>;

export type MigrationUris<T extends MigratedEntry> = {
  /** One URI for each QR code. */
  readonly uris: readonly string[];
  readonly leftOut: readonly { readonly entry: T; readonly reason: MigrationLoss }[];
  /** Entries that are written, but not all of them. */
  readonly losses: readonly {
    readonly entry: T;
    readonly fields: readonly (typeof LOST_FIELDS)[number][];
  }[];
};

/** As the app does; more would make a QR code that cameras can't read. */
const ENTRIES_PER_PART = 10;
/** Bytes of the entries in a part: a QR code of version 25 or so. Ten entries with names of usual length have fewer. */
const BYTES_PER_PART = 1_000;
/** The version every reader knows; the next one only adds identifiers of entries. */
const VERSION = 1;

const ALGORITHM_NUMBERS: Partial<Record<Algorithm, number>> = { SHA1: 1, SHA256: 2, SHA512: 3 };
const DIGITS_NUMBERS: Partial<Record<number, number>> = { 6: 1, 8: 2 };
const TYPE_NUMBERS: Partial<Record<UriEntry["type"], number>> = { hotp: 1, totp: 2 };

/**
 * Writes entries as Google Authenticator exports them, and names those it can't express: it knows totp of 30 s and
 * hotp, with six or eight digits.
 *
 * @param batchId any number of 32 bits that other exports don't have: it tells readers which codes belong together
 */
export function formatMigrationUris<T extends MigratedEntry>(
  entries: readonly T[],
  batchId: number,
): MigrationUris<T> {
  const expressed: PayloadEntry[] = [];
  const leftOut: { entry: T; reason: MigrationLoss }[] = [];
  const losses: MigrationUris<T>["losses"][number][] = [];
  for (const entry of entries) {
    const payload = payloadEntryOf(entry);
    if (!payload.ok) {
      leftOut.push({ entry, reason: payload.error });
      continue;
    }
    expressed.push(payload.value);
    const fields = LOST_FIELDS.filter((field) => (entry[field] ?? "").length > 0);
    if (fields.length > 0) losses.push({ entry, fields });
  }
  const parts = partsOf(expressed);
  const uris = parts.map((part, batchIndex) => {
    const batch = { version: VERSION, batchSize: parts.length, batchIndex, batchId: batchId | 0 };
    const bytes = encodePayload({ entries: part, ...batch });
    return `otpauth-migration://offline?data=${encodePercent(bytesToBase64(bytes))}`;
  });
  return { uris, leftOut, losses };
}

/** As many entries to a part as it may have, or as have room in a code that a camera can read. */
function partsOf(entries: readonly PayloadEntry[]): PayloadEntry[][] {
  const parts: PayloadEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const part = parts.at(-1);
    const size = sizeOf(entry);
    if (part === undefined || part.length === ENTRIES_PER_PART || bytes + size > BYTES_PER_PART) {
      parts.push([entry]);
      bytes = size;
    } else {
      part.push(entry);
      bytes += size;
    }
  }
  return parts;
}

function sizeOf(entry: PayloadEntry): number {
  const batch = { version: 0, batchSize: 0, batchIndex: 0, batchId: 0 };
  return encodePayload({ entries: [entry], ...batch }).length;
}

function payloadEntryOf(entry: UriEntry): Result<PayloadEntry, MigrationLoss> {
  const type = TYPE_NUMBERS[entry.type];
  if (type === undefined) return err("type");
  const algorithm = ALGORITHM_NUMBERS[entry.algorithm];
  if (algorithm === undefined) return err("algorithm");
  const digits = DIGITS_NUMBERS[entry.digits];
  if (digits === undefined) return err("digits");
  if (entry.type === "totp" && (entry.period ?? DEFAULT_PERIOD) !== DEFAULT_PERIOD) return err("period");
  const secret = base32Decode(entry.secret);
  if (!secret.ok) return err("bad-secret");
  const payload: PayloadEntry = {
    secret: secret.value,
    name: joinLabel(entry),
    issuer: entry.issuer,
    algorithm,
    digits,
    type,
    counter: BigInt(entry.counter ?? 0),
  };
  return sizeOf(payload) > BYTES_PER_PART ? err("too-long") : ok(payload);
}
