import type { Entry } from "../otp/entry.ts";
import { isSameSecret } from "../otp/same-entry.ts";

/**
 * The counter of a shared entry that counts its codes may go on by so many at once: as far as services look ahead, or a
 * member used codes without a connection (RFC 4226 section 7.4). More is somebody's mistake, or mischief.
 */
export const MOST_COUNTER_STEPS = 20;

/**
 * Whether an entry that counts its codes was given another secret. Its former secret's count is over then, and the new
 * secret's begins where the entry says: the server counts for a record and knows no secrets, so what counts anew needs a
 * record of its own. Another number of digits is no new count: a counter that was used stays used.
 */
export function countsAnew(before: Entry, after: Entry): boolean {
  if (before.counter === null && after.counter === null) return false;
  return !isSameSecret(before, { ...before, secret: after.secret });
}
