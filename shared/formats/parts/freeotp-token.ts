import type { Bytes } from "../../bytes.ts";
import type { Result } from "../../result.ts";
import type { ReadEntry, RejectedEntry } from "../format.ts";
import { readFields, textOf } from "./entry-fields.ts";
import type { JsonObject } from "./json-value.ts";

/**
 * Reads a token of FreeOTP or FreeOTP+ (Token.java, Token.kt). Names that the person gave ("Alt") are the ones it shows
 * and win. The counter is taken as it stands: the app computes its next code with it.
 *
 * @param secret the bytes, or base32 in later versions of FreeOTP+
 */
export function readFreeotpToken(token: JsonObject, secret: unknown): Result<ReadEntry, RejectedEntry> {
  const type = textOf(token.type) || textOf(token.tokenType) || "TOTP";
  return readFields({
    type,
    issuer: firstOf(token.issuerAlt, token.issuerExt, token.issuer, token.issuerInt),
    account: firstOf(token.labelAlt, token.label),
    secret,
    algorithm: firstOf(token.algo, token.algorithm),
    digits: token.digits,
    // The app itself takes a period of 0 for 30 seconds.
    period: textOf(token.period) === "0" ? "" : token.period,
    // The app stores one less than it was given: so much has an account that was never used.
    counter: textOf(token.counter) === "-1" ? 0 : token.counter,
    steamByName: true,
  });
}

/** Bytes as Gson writes them: an array of numbers from -128 to 127. null for anything else. */
export function signedBytes(value: unknown): Bytes | null {
  if (!Array.isArray(value)) return null;
  const isByte = (item: unknown) => Number.isInteger(item) && Number(item) >= -128 && Number(item) <= 255;
  return value.every(isByte) ? Uint8Array.from(value as number[], (byte) => byte & 0xff) : null;
}

function firstOf(...values: readonly unknown[]): string {
  return values.map(textOf).find((text) => text !== "") ?? "";
}
