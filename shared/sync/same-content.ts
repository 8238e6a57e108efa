import type { Entry } from "../otp/entry.ts";
import { compareEntries } from "../otp/same-entry.ts";

/**
 * Whether two entries say the same, so that there is nothing to send and nothing to merge: every field, those that this
 * version does not know included; the order of keys does not count, and a secret is its bytes.
 */
export function isSameContent(a: Entry, b: Entry): boolean {
  return compareEntries(a, b).length === 0;
}
