import { err, ok, type Result } from "../../result.ts";
import type { ReadEntry, ReadFile, RejectedEntry } from "../format.ts";

/**
 * Reads a list entry by entry: one that can't be read is reported and stops none of the others.
 *
 * @returns "nothing-found" where the list is empty
 */
export function readEach(
  items: readonly unknown[],
  read: (item: unknown) => Result<ReadEntry, RejectedEntry>,
): Result<ReadFile, "nothing-found"> {
  if (items.length === 0) return err("nothing-found");
  const entries: ReadEntry[] = [];
  const rejected: RejectedEntry[] = [];
  for (const item of items) {
    const result = read(item);
    if (result.ok) entries.push(result.value);
    else rejected.push(result.error);
  }
  return ok({ entries, rejected, notices: [] });
}

/**
 * The same for a file that says its version: where nothing of it can be read and it is later than any that is known,
 * that is the reason.
 */
export function orNewerVersion(
  file: Result<ReadFile, "nothing-found">,
  version: unknown,
  latest: number,
): Result<ReadFile, "nothing-found" | "newer-version"> {
  const isNewer = typeof version === "number" && version > latest;
  const isUnread = !file.ok || file.value.entries.length === 0;
  return isNewer && isUnread ? err("newer-version") : file;
}
