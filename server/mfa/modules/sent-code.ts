import { createHmac, randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import * as z from "zod/mini";
import type { Bytes } from "../../../shared/bytes.ts";

const DIGITS = 6;

/** What is kept of a code that was sent: not the code. */
export const sentCodeSchema = z.strictObject({
  salt: z.string(),
  hash: z.string(),
  /** Milliseconds since 1970 UTC. */
  until: z.number(),
});
export type SentCode = z.infer<typeof sentCodeSchema>;

/**
 * Draws a code of six digits.
 *
 * @param hashKey a key that is not in the database: six digits are tried through at once without it
 * @param until how long it is good, in milliseconds since 1970 UTC
 */
export function drawSentCode(
  hashKey: Bytes,
  until: number,
): { readonly code: string; readonly kept: SentCode } {
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, "0");
  const salt = randomBytes(16).toString("base64url");
  return { code, kept: { salt, hash: hashCode(hashKey, salt, code).toString("base64url"), until } };
}

/** Whether that is the code, blanks and full-width digits forgiven. How long it is good the caller looks at. */
export function isSentCode(hashKey: Bytes, { salt, hash }: SentCode, typed: string): boolean {
  const code = typed.normalize("NFKC").replace(/[\s-]/g, "");
  const kept = Buffer.from(hash, "base64url");
  const given = hashCode(hashKey, salt, code);
  return kept.length === given.length && timingSafeEqual(kept, given);
}

function hashCode(hashKey: Bytes, salt: string, code: string): Buffer {
  return createHmac("sha256", hashKey).update(`sent-code\n${salt}\n${code}`).digest();
}
