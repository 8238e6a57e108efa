import { createHmac, randomBytes, randomInt } from "node:crypto";
import * as z from "zod/mini";
import { type Bytes, equalBytes } from "../../../shared/bytes.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import { asTyped } from "./as-typed.ts";

const DIGITS = 6;

/** How long a code that was sent is good. */
export const SENT_MINUTES = 10;
export const SENT_MS = SENT_MINUTES * 60_000;
/** How often an answer to it may be wrong: of a million codes one is right. */
export const SENT_TRIES = 5;

/** What is kept of a code that was sent: not the code. */
const sentCodeSchema = z.strictObject({
  /** Random: no two codes have the same, so it names this one. */
  salt: z.string(),
  hash: z.string(),
  /** Milliseconds since 1970 UTC. */
  until: z.number(),
});
type SentCode = z.infer<typeof sentCodeSchema>;

/**
 * Draws a code of six digits, which is good for SENT_MINUTES.
 *
 * @param hashKey a key that is not in the database: six digits are tried through at once without it
 * @param asked for which factor, and when
 */
export function drawSentCode(
  hashKey: Bytes,
  { factorId, now }: { readonly factorId: string; readonly now: number },
): { readonly code: string; readonly kept: SentCode } {
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, "0");
  const salt = randomBytes(16).toString("base64url");
  const hash = hashCode(hashKey, factorId, salt, code).toString("base64url");
  return { code, kept: { salt, hash, until: now + SENT_MS } };
}

/**
 * Holds what was typed against the code that was sent; blanks, dashes and full-width digits are forgiven.
 *
 * @param held.challenge what drawSentCode gave to keep; throws where it is something else
 * @param held.used what the last code that was taken gave to keep; null: none was
 * @returns what to keep as `used` from now on
 */
export function takeSentCode(
  hashKey: Bytes,
  { factorId, now }: { readonly factorId: string; readonly now: number },
  held: { readonly challenge: unknown; readonly used: string | null },
  typed: string,
): Result<string, { readonly reason: "challenge-over" | "malformed" | "wrong-code" | "used-code" }> {
  const { salt, hash, until } = sentCodeSchema.parse(held.challenge);
  if (now >= until) return err({ reason: "challenge-over" });
  const code = asTyped(typed);
  if (!/^\d{6}$/.test(code)) return err({ reason: "malformed" });
  const given = hashCode(hashKey, factorId, salt, code);
  if (!equalBytes(given, Buffer.from(hash, "base64url"))) return err({ reason: "wrong-code" });
  return salt === held.used ? err({ reason: "used-code" }) : ok(salt);
}

function hashCode(hashKey: Bytes, factorId: string, salt: string, code: string): Buffer {
  return createHmac("sha256", hashKey).update(`sent-code\n${factorId}\n${salt}\n${code}`).digest();
}
