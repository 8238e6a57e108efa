import type { Entry } from "../../shared/otp/entry.ts";
import { isSameSecret } from "../../shared/otp/same-entry.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type Change, commit } from "./commit.ts";
import { type ChangeRefusal, patchedRow } from "./entries.ts";
import { entryOf } from "./stored-row.ts";

/**
 * Merges what a person typed into an entry. Where it then gives other codes, what gave the former ones goes to the trash
 * as an entry of its own, so that a key overwritten by mistake is not lost. One write.
 *
 * @returns whether something went to the trash
 */
export function editEntry(
  id: string,
  patch: Partial<Entry>,
  now: number,
): Promise<Result<"saved" | "old-in-trash", ChangeRefusal>> {
  return commit(async (view): Promise<Change<Result<"saved" | "old-in-trash", ChangeRefusal>>> => {
    const opened = (await view.open([id])).get(id);
    if (opened === undefined) return { result: err("not-found") };
    if (!opened.ok) return { result: opened };
    const row = opened.value;
    const [before, patched] = [entryOf(row), patchedRow(row, patch, now)];
    if (!before.ok) return { result: before };
    if (!patched.ok) return { result: patched };
    const after = entryOf(patched.value);
    const rows = new Map([[id, patched.value]]);
    if (!after.ok || isSameSecret(before.value, after.value)) return { result: ok("saved"), rows };
    const old = { ...row, pinned: false, entry: { ...before.value, deletedAt: now } };
    return { result: ok("old-in-trash"), rows: rows.set(crypto.randomUUID(), old) };
  });
}
