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
