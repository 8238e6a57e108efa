import { HOTP, Secret } from "otpauth";
import { base32Decode } from "../bytes.ts";
import { err, ok, type Result } from "../result.ts";
import type { Algorithm, Entry } from "./entry.ts";
import { MOTP, motpCode } from "./motp-code.ts";
import { isYandexSecret, yandexCode } from "./yandex-code.ts";

/** What a code is computed from. */
export type OtpParameters = Pick<
  Entry,
  "type" | "secret" | "algorithm" | "digits" | "period" | "counter" | "pin"
>;

/**
 * "unsupported-type": MD5 in any type but motp. "bad-secret": not base32, less than a byte of it, or for yandex another
 * length. "pin-missing": motp and yandex, whose codes are made of a PIN too.
 */
export type CodeRefusal = "unsupported-type" | "bad-secret" | "pin-missing";

/** The period of an entry that names none, and of Steam Guard (RFC 6238 section 5.2). */
export const DEFAULT_PERIOD = 30;

/** Steam Guard writes codes in this alphabet: no vowels, nothing that looks like something else. */
const STEAM_ALPHABET = "23456789BCDFGHJKMNPQRTVWXY";
const STEAM_LENGTH = 5;

/** Ten digits hold all 31 bits of RFC 4226's truncation, so a code of ten digits is the truncated value itself. */
const ALL_DIGITS = 10;

/** The names otpauth gives the hash functions that entries may ask for. */
const HASH_BY_ALGORITHM: Record<Algorithm, string | null> = {
  SHA1: "SHA1",
  SHA256: "SHA256",
  SHA512: "SHA512",
  MD5: null,
};

/**
 * The code of an entry: RFC 6238 for totp, RFC 4226 for hotp, Steam Guard's for steam, Mobile-OTP's for motp (digits
 * and letters from a to f), Yandex Key's for yandex (letters).
 *
 * @param timeMs milliseconds since 1970 UTC. hotp takes no notice of it: its code is that of the counter it stands at.
 */
export function codeAt(parameters: OtpParameters, timeMs: number): Result<string, CodeRefusal> {
  return codeOfStep(parameters, currentStep(parameters, timeMs));
}

/** The code that follows the one codeAt gives: of the next time step, or for hotp of the next counter. */
export function nextCode(parameters: OtpParameters, timeMs: number): Result<string, CodeRefusal> {
  return codeOfStep(parameters, currentStep(parameters, timeMs) + 1);
}

/**
 * The number of the time step (T in RFC 6238 section 4.2, with T0 = 0).
 *
 * @param period seconds
 * @param timeMs milliseconds since 1970 UTC; a clock set before 1970 counts as 1970, where the first step begins
 */
export function stepAt(period: number, timeMs: number): number {
  return Math.floor(Math.max(timeMs, 0) / (period * 1000));
}

/**
 * How long the code of this moment is still the current one.
 *
 * @param period seconds
 * @param timeMs milliseconds since 1970 UTC
 * @returns seconds with their fraction, above 0 and up to the whole period at the moment a step begins
 */
export function secondsLeft(period: number, timeMs: number): number {
  const periodMs = period * 1000;
  return (periodMs - (Math.max(timeMs, 0) % periodMs)) / 1000;
}

/** The code in the groups it is shown in, for the eye: the characters together are the code. */
export function groupDigits(code: string): string[] {
  const sizes = GROUP_SIZES_BY_LENGTH[code.length] ?? [code.length];
  let at = 0;
  return sizes.map((size) => {
    at += size;
    return code.slice(at - size, at);
  });
}

const GROUP_SIZES_BY_LENGTH: Record<number, readonly number[]> = {
  6: [3, 3],
  7: [3, 4],
  8: [4, 4],
  9: [3, 3, 3],
  10: [5, 5],
};

function currentStep({ type, period, counter }: OtpParameters, timeMs: number): number {
  if (type === "hotp") return counter ?? 0;
  return stepAt(period ?? (type === "motp" ? MOTP.period : DEFAULT_PERIOD), timeMs);
}

function codeOfStep(parameters: OtpParameters, step: number): Result<string, CodeRefusal> {
  if (parameters.type === "motp" || parameters.type === "yandex") return codeWithPin(parameters, step);
  const algorithm = HASH_BY_ALGORITHM[parameters.algorithm];
  if (algorithm === null) return err("unsupported-type");
  const bytes = base32Decode(parameters.secret);
  if (!bytes.ok) return err("bad-secret");
  const isSteam = parameters.type === "steam";
  const code = HOTP.generate({
    secret: new Secret({ buffer: bytes.value.buffer }),
    algorithm,
    digits: isSteam ? ALL_DIGITS : parameters.digits,
    counter: step,
  });
  return ok(isSteam ? truncatedToSteam(Number(code)) : code);
}

/** The empty PIN is one: apps that knew no PIN had it in the secret. */
function codeWithPin({ type, secret, pin }: OtpParameters, step: number): Result<string, CodeRefusal> {
  const bytes = base32Decode(secret);
  if (!bytes.ok || (type === "yandex" && !isYandexSecret(bytes.value))) return err("bad-secret");
  if (pin === null) return err("pin-missing");
  return ok(type === "motp" ? motpCode(bytes.value, pin, step) : yandexCode(bytes.value, pin, step));
}

/** Steam Guard: the truncated value of RFC 4226 section 5.3 in base 26, lowest digit first. */
function truncatedToSteam(truncated: number): string {
  let rest = truncated;
  let code = "";
  for (let at = 0; at < STEAM_LENGTH; at++) {
    code += STEAM_ALPHABET.charAt(rest % STEAM_ALPHABET.length);
    rest = Math.floor(rest / STEAM_ALPHABET.length);
  }
  return code;
}
