import { base32Decode, bytesToBase64 } from "../bytes.ts";
import { DEFAULT_PERIOD } from "../otp/code.ts";
import type { Algorithm, Entry, EntryType } from "../otp/entry.ts";
import { joinLabel } from "../otp/label.ts";
import { encodePercent } from "../otp/percent.ts";
import { err, ok, type Result } from "../result.ts";
import type { LeftOutEntry, LeftOutReason, LostField, WritableEntry, WrittenCodes } from "./format.ts";
import { encodePayload, type PayloadEntry } from "./google-migration-payload.ts";
import { entryLosses } from "./parts/entry-losses.ts";

/** As the app does; more would make a QR code that cameras can't read. */
const ENTRIES_PER_PART = 10;
/**
 * Bytes of the entries in a part: with them the QR code is of version 24 or 25, the densest that jsQR, which reads no
 * better than an old camera does, still reads at four pixels a module.
 */
const BYTES_PER_PART = 750;
/** The version every reader knows; the next one only adds identifiers of entries. */
const VERSION = 1;

const ALGORITHM_NUMBERS: Partial<Record<Algorithm, number>> = { SHA1: 1, SHA256: 2, SHA512: 3 };
const DIGITS_NUMBERS: Partial<Record<number, number>> = { 6: 1, 8: 2 };
const TYPE_NUMBERS: Partial<Record<EntryType, number>> = { hotp: 1, totp: 2 };

/** Beside the code there are names, and nothing else. */
const NO_PLACE: readonly LostField[] = ["sites", "tags", "note", "icon", "pinned"];

/**
 * Writes entries as Google Authenticator exports them, in QR codes of up to ten, and names those it can't express: it
 * knows totp of 30 s and hotp, with six or eight digits.
 *
 * @param batchId any number of 32 bits that other exports don't have: it tells readers which codes belong together
 */
export function writeMigrationCodes(entries: readonly WritableEntry[], batchId: number): WrittenCodes {
  const expressed: Expressed[] = [];
  const leftOut: LeftOutEntry[] = [];
  for (const entry of entries) {
    const payload = payloadEntryOf(entry);
    if (payload.ok) expressed.push({ entry, payload: payload.value });
    else leftOut.push({ entry, reason: payload.error });
  }
  const parts = partsOf(expressed);
  const codes = parts.map((part, batchIndex) => {
    const batch = { version: VERSION, batchSize: parts.length, batchIndex, batchId: batchId | 0 };
    const bytes = encodePayload({ entries: part.map(({ payload }) => payload), ...batch });
    return {
      uri: `otpauth-migration://offline?data=${encodePercent(bytesToBase64(bytes))}`,
      entries: part.map(({ entry }) => entry),
    };
  });
  const written = expressed.map(({ entry }) => entry);
  return { codes, leftOut, losses: entryLosses(written, (field) => NO_PLACE.includes(field)) };
}

type Expressed = { readonly entry: WritableEntry; readonly payload: PayloadEntry };

/** As many entries to a part as it may have, or as have room in a code that a camera can read. */
function partsOf(entries: readonly Expressed[]): Expressed[][] {
  const parts: Expressed[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const part = parts.at(-1);
    const size = sizeOf(entry.payload);
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

function payloadEntryOf(entry: Entry): Result<PayloadEntry, LeftOutReason> {
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
