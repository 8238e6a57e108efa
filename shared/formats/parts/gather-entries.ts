import { err, ok, type Result } from "../../result.ts";
import type { FileNotice, ReadEntry, ReadFile, RejectedEntry } from "../format.ts";

/** Puts what was read of each entry together: broken ones stand beside the good ones. */
export function gatherEntries(
  read: readonly Result<ReadEntry, RejectedEntry>[],
  notices: readonly FileNotice[] = [],
): Result<ReadFile, "nothing-found"> {
  if (read.length === 0) return err("nothing-found");
  return ok({
    entries: read.flatMap((entry) => (entry.ok ? [entry.value] : [])),
    rejected: read.flatMap((entry) => (entry.ok ? [] : [entry.error])),
    notices,
  });
}

/**
 * For a file that says its version: where nothing of it can be read and it is later than any that is known,
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
