import { base32Decode, bytesToBase64 } from "../../shared/bytes.ts";
import { encodePayload, type PayloadEntry } from "../../shared/formats/google-migration-payload.ts";
import { DEFAULT_PERIOD } from "../../shared/otp/code.ts";
import type { Algorithm } from "../../shared/otp/entry.ts";
import { joinLabel } from "../../shared/otp/label.ts";
import type { UriEntry } from "../../shared/otp/otpauth-uri.ts";
import { encodePercent } from "../../shared/otp/percent.ts";
import { err, ok, type Result } from "../../shared/result.ts";

/** What Google Authenticator's export has no way to say. */
export type MigrationLoss = "type" | "algorithm" | "digits" | "period" | "bad-secret";

export type MigrationUris<T extends UriEntry> = {
  /** One URI for each QR code. */
  readonly uris: readonly string[];
  readonly leftOut: readonly { readonly entry: T; readonly reason: MigrationLoss }[];
};

/** As the app does; more would make a QR code that cameras can't read. */
const ENTRIES_PER_PART = 10;
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
export function formatMigrationUris<T extends UriEntry>(
  entries: readonly T[],
  batchId: number,
): MigrationUris<T> {
  const expressed: PayloadEntry[] = [];
  const leftOut: { entry: T; reason: MigrationLoss }[] = [];
  for (const entry of entries) {
    const payload = payloadEntryOf(entry);
    if (payload.ok) expressed.push(payload.value);
    else leftOut.push({ entry, reason: payload.error });
  }
  const batchSize = Math.ceil(expressed.length / ENTRIES_PER_PART);
  const uris = Array.from({ length: batchSize }, (_, batchIndex) => {
    const part = expressed.slice(batchIndex * ENTRIES_PER_PART, (batchIndex + 1) * ENTRIES_PER_PART);
    const bytes = encodePayload({
      entries: part,
      version: VERSION,
      batchSize,
      batchIndex,
      batchId: batchId | 0,
    });
    return `otpauth-migration://offline?data=${encodePercent(bytesToBase64(bytes))}`;
  });
  return { uris, leftOut };
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
  return ok({
    secret: secret.value,
    name: joinLabel(entry),
    issuer: entry.issuer,
    algorithm,
    digits,
    type,
    counter: BigInt(entry.counter ?? 0),
  });
}
