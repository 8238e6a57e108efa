import type { Entry } from "../../shared/otp/entry.ts";
import { isSameSecret } from "../../shared/otp/same-entry.ts";
import { isSameContent } from "../../shared/sync/same-content.ts";

/**
 * Whether two entries say the same to a group. Where only the counter of a hotp entry has moved they do: each use would be
 * a link of the log otherwise, and whoever may use codes alone could use none. The server gives the counters out, and each
 * device keeps the highest that it has seen.
 */
export function isSameForGroup(mine: Entry, theirs: Entry): boolean {
  return isSameContent(withCounterOf(mine, theirs), theirs);
}

/** `theirs`, with the counter of `mine` where both count for the same secret and mine is ahead. */
export function withHigherCounter(theirs: Entry, mine: Entry): Entry {
  if (!countsForSame(mine, theirs)) return theirs;
  return { ...theirs, counter: Math.max(mine.counter ?? 0, theirs.counter ?? 0) };
}

/** `mine`, as far along as `theirs` where both count for the same secret. */
export function withCounterOf(mine: Entry, theirs: Entry): Entry {
  return countsForSame(mine, theirs) ? { ...mine, counter: theirs.counter } : mine;
}

function countsForSame(mine: Entry, theirs: Entry): boolean {
  return mine.counter !== null && theirs.counter !== null && isSameSecret(mine, theirs);
}
