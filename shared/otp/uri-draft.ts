import { base32Decode } from "../bytes.ts";
import { err, ok, type Result } from "../result.ts";
import { DEFAULT_PERIOD } from "./code.ts";
import { type Algorithm, type EntryDraft, MAX_DIGITS, MIN_DIGITS } from "./entry.ts";
import { splitLabel } from "./label.ts";
import {
  conflictingParameter,
  parameter,
  readAlgorithm,
  readWholeNumber,
  type UriParameters,
} from "./uri-parameters.ts";
import { type ReadUri, type UriNotice, type UriRefusal, uriRefusal } from "./uri-refusal.ts";
import { type ReadSecret, readSecret } from "./uri-secret.ts";

/**
 * Where the text comes from. "uri": a QR code or a link. "otp-field": a field known to hold an OTP secret (a form, a
 * cell of a password manager's export), where a bare base32 secret is one. "list": a line of a file, where a secret
 * may be hexadecimal.
 */
export type UriOptions = { readonly context: "uri" | "otp-field" | "list" };

/** A URI taken apart, nothing of it judged yet. */
export type UriParts = {
  readonly type: "totp" | "hotp" | "steam";
  /** Decoded. */
  readonly label: string;
  readonly parameters: UriParameters;
};

const DEFAULT_DIGITS = 6;
const STEAM_DIGITS = 5;
/** RFC 4226 section 4 R6 asks for 128 bits; most sites give 80. */
const SHORT_SECRET_BYTES = 10;

/** Parameters that decide the code: two different values of one can't both be meant. */
const CODE_PARAMETERS = ["secret", "algorithm", "digits", "period", "counter", "encoder"];

/** Reads what a URI says into a draft; see parseOtpauthUri for what is refused. */
export function readUriDraft(parts: UriParts, options: UriOptions): Result<ReadUri, UriRefusal> {
  const { parameters } = parts;
  const conflicting = conflictingParameter(parameters, CODE_PARAMETERS);
  if (conflicting !== null) return err(uriRefusal("conflicting-parameters", conflicting));
  // privacyIDEA: the phone is to derive the secret from the one in the URI and tell the server.
  if (parameters.has("2step_output") || parameters.has("2step_salt")) {
    return err(uriRefusal("two-step-enrolment", ""));
  }

  const names = readNames(parts);
  const algorithm = readAlgorithm(parameter(parameters, "algorithm"));
  if (!algorithm.ok) return err(uriRefusal(algorithm.error, parameter(parameters, "algorithm")));
  const digits = readDigits(parameter(parameters, "digits"));
  if (!digits.ok) return digits;
  const isHotp = parts.type === "hotp";
  // Ente writes a period for hotp, others a counter for totp: neither has a meaning there.
  const period = readPeriod(isHotp ? "" : parameter(parameters, "period"));
  if (!period.ok) return period;
  const counter = readCounter(isHotp ? parameter(parameters, "counter") : "");
  if (!counter.ok) return counter;

  const given = { algorithm: algorithm.value, digits: digits.value, period: period.value };
  const isSteam = isSteamGuard(parts, names.issuer, given);
  const secret = readUriSecret(parts, isSteam, options);
  if (!secret.ok) return secret;

  const draft: EntryDraft = {
    type: isSteam ? "steam" : parts.type,
    issuer: names.issuer,
    account: names.account,
    secret: secret.value.secret,
    algorithm: given.algorithm ?? "SHA1",
    digits: isSteam ? STEAM_DIGITS : (given.digits ?? DEFAULT_DIGITS),
    period: isHotp ? null : given.period || DEFAULT_PERIOD,
    counter: isHotp ? (counter.value ?? 0) : null,
    pin: null,
  };
  const notices = noticesByCondition({
    "no-counter-assumed-0": isHotp && counter.value === null,
    "issuer-differs-from-label": names.labelIssuer !== null,
    "read-as-steam": isSteam && parts.type !== "steam",
    "digits-ignored": isSteam && (given.digits ?? STEAM_DIGITS) !== STEAM_DIGITS,
    "secret-short": isShort(draft.secret),
    "secret-read-as-hex": secret.value.encoding === "hex",
    "secret-read-as-base64": secret.value.encoding === "base64",
    "picture-ignored": parameter(parameters, "image") !== "" || parameter(parameters, "icon") !== "",
    "no-name": draft.issuer === "" && draft.account === "",
    "pin-missing": false,
  });
  const read: ReadUri = { draft, notices, labelIssuer: names.labelIssuer };
  if (given.period !== 0) return ok(read);
  // HCL Notes writes period=0 and means 30: offered, but only taken by the person.
  const correction = { changed: { period: DEFAULT_PERIOD }, read };
  return err({ ...uriRefusal("period-zero", "0"), correction });
}

function readNames({ label, parameters }: UriParts) {
  const named = parameter(parameters, "issuer");
  const { issuer, account } = splitLabel(label, named);
  const differs = named !== "" && issuer !== "" && spokenName(named) !== spokenName(issuer);
  return { issuer: named === "" ? issuer : named, account, labelIssuer: differs ? issuer : null };
}

/** Spellings that differ in case, or by a "+" written for a blank, are one name. */
function spokenName(name: string): string {
  return name
    .replace(/[\s+]+/g, " ")
    .trim()
    .toLowerCase();
}

function readDigits(text: string): Result<number | null, UriRefusal> {
  const digits = readWholeNumber(text);
  if (!digits.ok && digits.error === "not-a-number") return err(uriRefusal("digits-not-a-number", text));
  const isHeld = digits.ok && (digits.value === null || isInRange(digits.value));
  return isHeld ? ok(digits.value) : err(uriRefusal("digits-out-of-range", text));
}

function isInRange(digits: number): boolean {
  return digits >= MIN_DIGITS && digits <= MAX_DIGITS;
}

function readPeriod(text: string): Result<number | null, UriRefusal> {
  const period = readWholeNumber(text);
  return period.ok ? period : err(uriRefusal(`period-${period.error}`, text));
}

function readCounter(text: string): Result<number | null, UriRefusal> {
  const counter = readWholeNumber(text);
  return counter.ok ? counter : err(uriRefusal(`counter-${counter.error}`, text));
}

/** null: not said. */
export type GivenParameters = {
  readonly algorithm: Algorithm | null;
  readonly digits: number | null;
  readonly period: number | null;
};

/**
 * Steam Guard is said in many ways: otpauth://steam/ (Aegis), encoder=steam (KeePassXC), a bare "steam" (Stratum), or
 * only by the issuer of a totp. The last is taken for Steam Guard unless a parameter says that it is none: Steam
 * itself has no other kind.
 */
function isSteamGuard({ type, parameters }: UriParts, issuer: string, given: GivenParameters): boolean {
  if (type !== "totp") return type === "steam";
  if (parameters.has("steam")) return true;
  const encoder = parameter(parameters, "encoder").toLowerCase();
  if (encoder !== "") return encoder === "steam";
  return isSteamByName(issuer, given);
}

/** Whether a totp of this issuer can only be Steam Guard written as totp: nothing said rules that out. */
export function isSteamByName(issuer: string, { algorithm, digits, period }: GivenParameters): boolean {
  return (
    issuer.trim().toLowerCase() === "steam" &&
    (algorithm ?? "SHA1") === "SHA1" &&
    [null, STEAM_DIGITS, DEFAULT_DIGITS].includes(digits) &&
    (period ?? DEFAULT_PERIOD) === DEFAULT_PERIOD
  );
}

function readUriSecret(
  { parameters }: UriParts,
  isSteam: boolean,
  options: UriOptions,
): Result<ReadSecret, UriRefusal> {
  if (!parameters.has("secret")) return err(uriRefusal("no-secret", ""));
  const spelling = options.context === "list" ? "base32-or-hex" : "base32";
  const secret = readSecret(parameter(parameters, "secret"), isSteam ? "base32-or-steam-base64" : spelling);
  return secret.ok ? secret : err(uriRefusal(secret.error, ""));
}

function isShort(secret: string): boolean {
  const bytes = base32Decode(secret);
  return bytes.ok && bytes.value.length < SHORT_SECRET_BYTES;
}

function noticesByCondition(conditions: Record<UriNotice, boolean>): UriNotice[] {
  // Object.keys gives the keys of the literal above, which the compiler knows only as strings.
  return (Object.keys(conditions) as UriNotice[]).filter((notice) => conditions[notice]);
}
