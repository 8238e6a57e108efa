import { err, ok, type Result } from "../../../../shared/result.ts";

/**
 * Reads a phone number as people write it, with its country's code: blanks, brackets and strokes are dropped, and full-width
 * signs are taken for what they are.
 *
 * @returns it as E.164 has it: a plus and up to 15 digits
 */
export function parsePhoneNumber(typed: string): Result<string, "not-a-phone-number"> {
  const number = typed.normalize("NFKC").replace(/[\s().\-‐-―]/g, "");
  return /^\+[1-9]\d{6,14}$/.test(number) ? ok(number) : err("not-a-phone-number");
}

/** As much of a number as tells its owner which of theirs it is. */
export function maskPhoneNumber(number: string): string {
  return `••• ${number.slice(-3)}`;
}
