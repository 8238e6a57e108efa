import { err, ok, type Result } from "../../shared/result.ts";
import { type Change, commit } from "../vault/commit.ts";
import { db } from "../vault/db.ts";
import { type Uses, usesOf } from "../vault/index-row.ts";
import { orderAtEnd } from "../vault/order-between.ts";
import { entryOf, type StoredRow } from "../vault/stored-row.ts";

/** Where entries go: a group's id, or null for "only me". */
export type Place = string | null;

export type PlaceRefusal = "no-such-group";

export type Placed = {
  /** The ids that the entries have where they are now. */
  readonly ids: readonly string[];
  /** Those that could not be read, and stay where they are. */
  readonly refused: number;
};

/**
 * Puts entries into a group, or takes them out of one. What was only this person's goes there as it is; what leaves a group
 * leaves a trace in its trash, because whoever was in it had the secret: it comes to the new place under an id of its own.
 * One write; what the group's server is told follows with the next sync.
 *
 * @param how "copy" leaves the entries where they are as well
 */
export function placeEntries(
  ids: readonly string[],
  to: Place,
  how: "move" | "copy",
  now: number,
): Promise<Result<Placed, PlaceRefusal>> {
  return commit(async (view): Promise<Change<Result<Placed, PlaceRefusal>>> => {
    if (to !== null && (await db.groups.get(to)) === undefined) return { result: err("no-such-group") };
    const opened = await view.open(ids);
    const rows = new Map<string, StoredRow | null>();
    const uses = new Map<string, Uses>();
    const placed: string[] = [];
    let order = orderAtEnd(view.index);
    let refused = 0;
    for (const id of new Set(ids)) {
      const row = opened.get(id);
      const entry = row?.ok ? entryOf(row.value) : null;
      if (!row?.ok || !entry?.ok) {
        refused++;
        continue;
      }
      const { group, ...own } = row.value;
      const isThere = (group ?? null) === to;
      if (isThere && how === "move") {
        placed.push(id);
        continue;
      }
      const there = to === null ? own : { ...own, group: to };
      // An id that the group has had (this is a copy of it that came back) is never used there again.
      const isUsed = to !== null && (await db.recordHeads.get([to, id])) !== undefined;
      if (how === "move" && group === undefined && !isUsed) {
        rows.set(id, there);
        placed.push(id);
        continue;
      }
      const { presses: _, ...fresh } = there;
      const copy = crypto.randomUUID();
      rows.set(copy, { ...fresh, pinned: how === "move" && own.pinned, order: order++ });
      placed.push(copy);
      const used = view.index.find((each) => each.id === id);
      if (used && how === "move") uses.set(copy, usesOf(used));
      if (how === "copy") continue;
      // Where it was only this person's, nothing is left behind.
      const left = group === undefined ? null : { ...row.value, entry: { ...entry.value, deletedAt: now } };
      rows.set(id, left);
    }
    return { result: ok({ ids: placed, refused }), rows, uses };
  });
}
