import { countsAnew } from "../../shared/group/counter.ts";
import type { Entry } from "../../shared/otp/entry.ts";
import { isSameSecret } from "../../shared/otp/same-entry.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type Change, commit } from "./commit.ts";
import { type ChangeRefusal, patchedRow } from "./entries.ts";
import { usesOf } from "./index-row.ts";
import { entryOf, type StoredRow } from "./stored-row.ts";

/**
 * Merges what a person typed into an entry. Where it then gives other codes, what gave the former ones goes to the trash
 * as an entry of its own, so that a key overwritten by mistake is not lost. One write.
 *
 * Where a group shares it and codes are counted, the new secret gets the new id instead of the old one: the group's server
 * counts by ids.
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
    const rows = new Map<string, StoredRow>([[id, patched.value]]);
    if (!after.ok || isSameSecret(before.value, after.value)) return { result: ok("saved"), rows };
    const old = { ...row, pinned: false, entry: { ...before.value, deletedAt: now } };
    const other = crypto.randomUUID();
    if (row.group === undefined || !countsAnew(before.value, after.value))
      return { result: ok("old-in-trash"), rows: rows.set(other, old) };
    const used = view.index.find((each) => each.id === id);
    return {
      result: ok("old-in-trash"),
      rows: rows.set(id, old).set(other, patched.value),
      ...(used && { uses: new Map([[other, usesOf(used)]]) }),
    };
  });
}
