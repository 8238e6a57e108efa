import { countsAnew } from "../../shared/group/counter.ts";
import { type GroupKey, recordsKeyOf } from "../../shared/group/group-key.ts";
import { type Change, commit } from "../vault/commit.ts";
import { db, type GroupRow } from "../vault/db.ts";
import { type Uses, usesOf } from "../vault/index-row.ts";
import { orderAtEnd } from "../vault/order-between.ts";
import { entryOf, newRow, type StoredRow } from "../vault/stored-row.ts";
import type { Outgoing } from "./outgoing.ts";
import { contentOf } from "./records.ts";

/**
 * Gives entries that count their codes, and have another secret than their records, ids of their own; what the records say
 * goes to the trash. The server goes on counting for the former secret there, and begins with the new one where its entry
 * says: whichever way the secret came in (typed, merged, put back), no record ever counts for two. One write; both are sent
 * by the next look.
 */
export function countUnderNewIds(
  { g }: GroupRow,
  key: GroupKey,
  anew: readonly Outgoing[],
  now: number,
): Promise<void> {
  return commit(async (view): Promise<Change<void>> => {
    const recordsKey = await recordsKeyOf(key);
    const rows = new Map<string, StoredRow | null>();
    const uses = new Map<string, Uses>();
    const opened = await view.open(anew.map(({ id }) => id));
    let order = orderAtEnd(view.index);
    for (const { id } of anew) {
      const row = opened.get(id);
      const entry = row?.ok ? entryOf(row.value) : null;
      const record = await db.sharedRecords.get([g, id]);
      const content = record ? await contentOf(recordsKey, record) : null;
      // Changed once more since: the next look sees what it is now.
      if (!row?.ok || !entry?.ok || content?.kind !== "entry") continue;
      if (!countsAnew(content.entry, entry.value)) continue;
      const { presses: _, ...own } = row.value;
      const copy = crypto.randomUUID();
      rows.set(copy, own);
      rows.set(id, { ...newRow({ ...content.entry, deletedAt: now }, order++), group: g });
      const used = view.index.find((each) => each.id === id);
      if (used) uses.set(copy, usesOf(used));
    }
    return { result: undefined, rows, uses };
  });
}
