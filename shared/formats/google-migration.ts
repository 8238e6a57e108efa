import { type Bytes, base32Encode, base64ToBytes } from "../bytes.ts";
import { DEFAULT_PERIOD } from "../otp/code.ts";
import type { Algorithm, EntryDraft } from "../otp/entry.ts";
import { joinLabel, splitAfterIssuer, splitLabel } from "../otp/label.ts";
import { decodePercent } from "../otp/percent.ts";
import { err, ok, type Result } from "../result.ts";
import { decodePayload, type PayloadEntry } from "./google-migration-payload.ts";

/** One QR code of an export. */
export type MigrationPart = {
  /** 1 and 2 are known; 0 where it is not said. */
  readonly version: number;
  /** How many QR codes the export has, from 1. */
  readonly batchSize: number;
  /** Which of them this is, from 0. */
  readonly batchIndex: number;
  /** The same in all parts of an export; 0 where it is not said. */
  readonly batchId: number;
  readonly drafts: readonly EntryDraft[];
  readonly rejected: readonly RejectedMigrationEntry[];
  readonly notices: readonly MigrationNotice[];
};

/** An entry that can't be taken over, while the others of its code are. */
export type RejectedMigrationEntry = {
  readonly label: string;
  readonly reason: MigrationEntryRefusal;
  /** The name or number of what is unknown; "" where the reason says all. */
  readonly detail: string;
};

export type MigrationEntryRefusal =
  | "unknown-algorithm"
  | "unknown-digits"
  | "unknown-type"
  | "empty-secret"
  | "counter-negative"
  | "counter-too-large"
  | "broken-entry";

export type MigrationNotice =
  /** The export does not carry periods: accounts whose period is not 30 s give wrong codes. */
  | "period-assumed-30"
  /** Written by a later version of the app; what was understood was read. */
  | "unknown-version";

export type MigrationRefusal = {
  readonly reason: "not-a-migration-uri" | "too-long" | "no-data" | "not-base64" | "corrupt" | "no-entries";
};

/** More than twenty times the largest QR code. */
const MAX_URI_LENGTH = 65_536;
/** The app puts up to ten entries into a code, so this is ten thousand; more parts than that are no export. */
const MAX_BATCH_SIZE = 1000;
const NEWEST_KNOWN_VERSION = 2;

/** By the numbers of the payload; index 0 is what an unsaid value means. */
const ALGORITHMS: readonly (Algorithm | undefined)[] = ["SHA1", "SHA1", "SHA256", "SHA512"];
const DIGITS: readonly (number | undefined)[] = [6, 6, 8];
const TYPES: readonly ("hotp" | "totp" | undefined)[] = ["totp", "hotp", "totp"];
const MD5 = 4;

/**
 * Reads one QR code of Google Authenticator's export (otpauth-migration://offline?data=…).
 *
 * The data is taken out by hand: a raw "+" in it is base64 and stays one, which URLSearchParams would turn into a
 * blank. base64url and missing padding are read too. Never throws.
 */
export function parseMigrationUri(uri: string): Result<MigrationPart, MigrationRefusal> {
  const text = uri.trim();
  if (text.length > MAX_URI_LENGTH) return err({ reason: "too-long" });
  const query = /^otpauth-migration:\/\/[^?]*(?:\?(.*))?$/is.exec(text);
  if (query === null) return err({ reason: "not-a-migration-uri" });
  const data = dataOf(query[1] ?? "");
  if (data === "") return err({ reason: "no-data" });
  const bytes = base64ToBytes(data);
  if (!bytes.ok) return err({ reason: bytes.error });
  return partOf(bytes.value);
}

function dataOf(query: string): string {
  const part = query.split(/&(?:amp;)?/i).find((candidate) => /^data=/i.test(candidate)) ?? "";
  const data = decodePercent(part.slice("data=".length)).replace(/[\r\n\t]/g, "");
  // A blank is a "+" that someone decoded as a form would.
  return data.replaceAll(" ", "+").replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "");
}

function partOf(bytes: Bytes): Result<MigrationPart, MigrationRefusal> {
  const payload = decodePayload(bytes);
  if (!payload.ok) return err({ reason: "corrupt" });
  const { entries, version, batchIndex, batchId } = payload.value;
  const batchSize = Math.max(payload.value.batchSize, 1);
  if (batchSize > MAX_BATCH_SIZE || batchIndex < 0) return err({ reason: "corrupt" });
  if (entries.length === 0) return err({ reason: "no-entries" });

  const drafts: EntryDraft[] = [];
  const rejected: RejectedMigrationEntry[] = [];
  for (const entry of entries) {
    const draft = entry === null ? err({ label: "", reason: "broken-entry", detail: "" }) : draftOf(entry);
    if (draft.ok) drafts.push(draft.value);
    else rejected.push(draft.error);
  }
  const notices: MigrationNotice[] = [];
  if (drafts.some((draft) => draft.type === "totp")) notices.push("period-assumed-30");
  if (version > NEWEST_KNOWN_VERSION) notices.push("unknown-version");
  return ok({ version, batchSize, batchIndex, batchId, drafts, rejected, notices });
}

function draftOf(entry: PayloadEntry): Result<EntryDraft, RejectedMigrationEntry> {
  const names = namesOf(entry);
  const refuse = (reason: MigrationEntryRefusal, detail = "") =>
    err({ label: joinLabel(names), reason, detail });
  const algorithm = ALGORITHMS[entry.algorithm];
  const digits = DIGITS[entry.digits];
  const type = TYPES[entry.type];
  if (algorithm === undefined) {
    return refuse("unknown-algorithm", entry.algorithm === MD5 ? "MD5" : `${entry.algorithm}`);
  }
  if (digits === undefined) return refuse("unknown-digits", `${entry.digits}`);
  if (type === undefined) return refuse("unknown-type", `${entry.type}`);
  if (entry.secret.length === 0) return refuse("empty-secret");
  const isHotp = type === "hotp";
  if (isHotp && entry.counter < 0n) return refuse("counter-negative", `${entry.counter}`);
  if (isHotp && entry.counter > Number.MAX_SAFE_INTEGER)
    return refuse("counter-too-large", `${entry.counter}`);
  return ok({
    type,
    ...names,
    secret: base32Encode(entry.secret),
    algorithm,
    digits,
    period: isHotp ? null : DEFAULT_PERIOD,
    counter: isHotp ? Number(entry.counter) : null,
    pin: null,
  });
}

/** The name mostly repeats the issuer in front. Where the issuer is another, all of the name is the account. */
function namesOf({ name, issuer }: PayloadEntry) {
  const known = issuer.trim();
  if (known === "") return splitLabel(name, "");
  return { issuer: known, account: splitAfterIssuer(name, known)?.account ?? name.trim() };
}

/** What the codes scanned so far make of one export. */
export type CollectedMigration = {
  readonly complete: boolean;
  /** Indexes from 0, in order: "part 2 of 3" is index 1. */
  readonly have: readonly number[];
  readonly missing: readonly number[];
  /** In the order of the parts, whatever order they were scanned in. */
  readonly drafts: readonly EntryDraft[];
  readonly rejected: readonly RejectedMigrationEntry[];
  /** Parts given that belong to other exports. */
  readonly others: readonly MigrationPart[];
};

/**
 * Puts the parts of one export together: the export that the LAST part given belongs to, which is the one being
 * scanned. A part scanned again counts once.
 */
export function collectMigrationParts(parts: readonly MigrationPart[]): CollectedMigration {
  const batches = groupMigrationParts(parts);
  const last = parts.at(-1);
  const batch =
    batches.find((group) => last !== undefined && group.some((part) => isSamePart(part, last))) ?? [];
  const size = batch[0]?.batchSize ?? 0;
  const have = batch.map((part) => part.batchIndex);
  const missing = Array.from({ length: size }, (_, index) => index).filter((index) => !have.includes(index));
  // An export in a single code is complete whatever index its writer counts from.
  const complete = size === 1 || (size > 1 && missing.length === 0);
  return {
    complete,
    have,
    missing: complete ? [] : missing,
    drafts: batch.flatMap((part) => part.drafts),
    rejected: batch.flatMap((part) => part.rejected),
    others: batches.filter((group) => group !== batch).flat(),
  };
}

/**
 * Sorts parts into exports, each in the order of its parts and without repetitions.
 *
 * Parts belong together that have the same identifier and number of parts. Version 2 has no identifier, so there a
 * part that repeats an index with other entries begins another export.
 */
export function groupMigrationParts(parts: readonly MigrationPart[]): MigrationPart[][] {
  const batches: MigrationPart[][] = [];
  for (const part of parts) {
    const batch = batches.find((group) =>
      group.every((other) => isSamePart(part, other) || canJoin(part, other)),
    );
    if (batch === undefined) batches.push([part]);
    else if (!batch.some((other) => isSamePart(part, other))) batch.push(part);
  }
  return batches.map((batch) => batch.toSorted((a, b) => a.batchIndex - b.batchIndex));
}

function canJoin(a: MigrationPart, b: MigrationPart): boolean {
  return a.batchId === b.batchId && a.batchSize === b.batchSize && a.batchIndex !== b.batchIndex;
}

function isSamePart(a: MigrationPart, b: MigrationPart): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
