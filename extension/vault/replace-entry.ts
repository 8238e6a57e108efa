import { draftToEntry, type EntryDraft, parseEntry } from "../../shared/otp/entry.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type Change, commit } from "./commit.ts";
import type { ChangeRefusal } from "./entries.ts";
import { usesOf } from "./index-row.ts";
import { entryOf, newRow } from "./stored-row.ts";

/**
 * Puts a new entry in the place of an old one: it takes over the old one's pin, place, uses, sites, tags and note, and
 * the old one goes to the trash with its secret, so that nothing is lost if the site still wants the old key. One write.
 *
 * @returns the id of the new entry
 */
export function replaceEntry(
  oldId: string,
  draft: EntryDraft,
  now: number,
): Promise<Result<string, ChangeRefusal>> {
  return commit(async (view): Promise<Change<Result<string, ChangeRefusal>>> => {
    const opened = (await view.open([oldId])).get(oldId);
    if (opened === undefined) return { result: err("not-found") };
    if (!opened.ok) return { result: opened };
    const row = opened.value;
    const old = entryOf(row);
    if (!old.ok) return { result: old };
    const { sites, tags, note, icon } = old.value;
    const drafted = draftToEntry(draft, now);
    const entry = parseEntry({
      ...drafted,
      sites: [...new Set([...sites, ...drafted.sites])],
      tags: [...new Set([...tags, ...drafted.tags])],
      note: drafted.note || note,
      icon: drafted.icon ?? icon,
    });
    if (!entry.ok) throw Error("a draft does not make an entry");
    const newId = crypto.randomUUID();
    // What a group shares it goes on sharing.
    const place = row.group === undefined ? {} : { group: row.group };
    const used = view.index.find(({ id }) => id === oldId);
    return {
      result: ok(newId),
      rows: new Map([
        [newId, { ...newRow(entry.value, row.order), pinned: row.pinned, ...place }],
        [oldId, { ...row, entry: { ...old.value, deletedAt: now } }],
      ]),
      ...(used && { uses: new Map([[newId, usesOf(used)]]) }),
    };
  });
}
