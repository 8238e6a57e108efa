import type { FileRefusal, ReadFile } from "../../shared/formats/format.ts";
import { codeAt } from "../../shared/otp/code.ts";
import { draftToEntry, parseEntry } from "../../shared/otp/entry.ts";
import type { Result } from "../../shared/result.ts";

/** Of very many entries the first stand for the rest. */
const MOST_CHECKED = 1_000;
const MOMENT = 1_700_000_000_000;

/** What is wrong with an outcome, whatever the input was; null where nothing is. */
export function faultOf(
  outcome: Result<ReadFile, FileRefusal | { readonly reason: FileRefusal }>,
): string | null {
  if (!outcome.ok) {
    const reason = typeof outcome.error === "string" ? outcome.error : outcome.error.reason;
    return typeof reason === "string" ? null : "refused without a reason";
  }
  const { entries, rejected, notices } = outcome.value;
  if (!Array.isArray(notices)) return "no notices";
  if (entries.length + rejected.length === 0) return "read, with nothing in it";
  if (rejected.some(({ reason, label }) => !reason || typeof label !== "string"))
    return "rejected without a reason";
  for (const { draft } of entries.slice(0, MOST_CHECKED)) {
    if (!parseEntry(draftToEntry(draft, MOMENT)).ok) return "accepted an entry that is none";
    const code = codeAt(draft, MOMENT);
    if (!code.ok && code.error === "bad-secret") return "accepted a secret that is none";
  }
  return null;
}
