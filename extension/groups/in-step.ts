import type { Connection } from "../servers/connection.ts";
import type { VaultView } from "../vault/commit.ts";
import type { GroupRow } from "../vault/db.ts";
import type { Arrivals } from "./plan-arrivals.ts";

/** Whether nothing is left to send after a write that only takes in what came: then nobody has to look for it. */
export function isAllSent({ sentRev }: GroupRow, { rows, records }: Arrivals, { rev }: VaultView): boolean {
  if (sentRev !== rev - 1 || records.some((record) => record.isEntry && record.rev === -1)) return false;
  const arrived = new Set(records.map(({ id }) => id));
  return [...rows].every(([id, written]) => written === null || arrived.has(id));
}

/**
 * The other groups that had sent all there was have nothing more to send by this write, unless it takes an entry of theirs.
 *
 * @returns their rows as they are to be
 */
export function leftSent(
  groups: readonly GroupRow[],
  g: string,
  { rows }: Arrivals,
  { row, rev }: VaultView,
): GroupRow[] {
  const touched = new Set([...rows.keys()].map((id) => row(id)?.group));
  return groups
    .filter((other) => other.g !== g && other.sentRev === rev - 1 && !touched.has(other.g))
    .map((other) => ({ ...other, sentRev: rev }));
}

/** Whether nothing is left to do in a group once it is written so. */
export function isDone(
  { missing, sentRev, generation }: GroupRow,
  { rev }: VaultView,
  { former }: Connection,
): boolean {
  // New keys are told to each group, and a server is asked once how often it was put back to a backup.
  const isTold = former.length === 0 && generation !== undefined;
  return isTold && missing.length === 0 && sentRev === rev;
}

/** What is written of a group that is in step. */
export function inStepNow({ restored }: GroupRow): Pick<GroupRow, "syncedAt" | "trouble" | "restored"> {
  return { syncedAt: Date.now(), trouble: null, restored: restored?.isSent ? restored : null };
}
