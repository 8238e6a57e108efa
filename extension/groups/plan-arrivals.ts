import type { GroupKey } from "../../shared/group/group-key.ts";
import { recordsKeyOf } from "../../shared/group/group-key.ts";
import type { RecordHead } from "../../shared/group/state.ts";
import type { Entry } from "../../shared/otp/entry.ts";
import { isSameSecret } from "../../shared/otp/same-entry.ts";
import { mergeSides } from "../../shared/sync/merge.ts";
import { isSameContent } from "../../shared/sync/same-content.ts";
import type { VaultView } from "../vault/commit.ts";
import type { SharedRecordRow } from "../vault/db.ts";
import { orderAtEnd } from "../vault/order-between.ts";
import { entryOf, newRow, type StoredRow } from "../vault/stored-row.ts";
import { type ArrivedRecord, contentOf } from "./records.ts";
import { isSameForGroup, withCounterOf, withHigherCounter } from "./same-for-group.ts";

/** What the vault and the shared records are to be once what came is taken in. */
export type Arrivals = {
  readonly rows: ReadonlyMap<string, StoredRow | null>;
  readonly records: readonly SharedRecordRow[];
  readonly gone: readonly string[];
  /** Entries of which both sides had changed the same: what was typed here stands beside as an entry of its own. */
  readonly conflicts: number;
};

/**
 * Brings what came together with what was changed here since the record last came or went. Nothing that was typed here is
 * lost: fields that only one side changed are taken from that side, and where both changed the same, what was typed here
 * is kept as a further entry. It stays in the group, or is this person's own where they may not change the group's.
 *
 * @param before the group's key that the records kept here are encrypted under; null before any came
 */
export async function planArrivals(
  view: VaultView,
  g: string,
  {
    arrived,
    deleted,
    kept,
    before,
    mayChange,
  }: {
    readonly arrived: readonly ArrivedRecord[];
    readonly deleted: readonly RecordHead[];
    readonly kept: ReadonlyMap<string, SharedRecordRow>;
    readonly before: GroupKey | null;
    readonly mayChange: boolean;
  },
): Promise<Arrivals> {
  const rows = new Map<string, StoredRow | null>();
  const records: SharedRecordRow[] = [];
  let conflicts = 0;
  // Asked for where something is new: it takes a look at every row of the index.
  let last: number | undefined;
  const nextOrder = () => {
    last = last === undefined ? orderAtEnd(view.index) : last + 1;
    return last;
  };
  const ids = [...arrived.map(({ head }) => head.id), ...deleted.map(({ id }) => id)];
  const [opened, revs] = await Promise.all([view.open(ids), view.revs(ids)]);
  const oldKey = before && (await recordsKeyOf(before));
  const copy = (mine: StoredRow, entry: Entry) => {
    const { group: _, ...own } = mine;
    rows.set(crypto.randomUUID(), { ...(mayChange ? mine : own), pinned: false, order: nextOrder(), entry });
  };

  for (const { row, content } of arrived) {
    if (content?.kind !== "entry") {
      records.push(row);
      continue;
    }
    const theirs = content.entry;
    const kind = opened.get(row.id);
    // Somebody has given it the id of an entry that this person has elsewhere: neither may get hold of the other.
    if (kind?.ok && placeIn(view, row.id) !== g) {
      records.push({ ...row, isEntry: false });
      continue;
    }
    if (kind === undefined) {
      // Deleted here for ever and changed there since: what was changed is wanted, and so is a secret that nobody here
      // has deleted, even out of the trash.
      const deletedHere = await baseOf(oldKey, kept.get(row.id));
      const isWanted =
        theirs.deletedAt === null || deletedHere === null || !isSameSecret(deletedHere, theirs);
      if (isWanted) rows.set(row.id, { ...newRow(theirs, nextOrder()), group: g });
      records.push({ ...row, rev: view.rev });
      continue;
    }
    const stored = kind.ok ? kind.value : null;
    const mine = stored && entryOf(stored);
    if (!stored || !mine?.ok) {
      rows.set(row.id, { ...newRow(theirs, nextOrder()), group: g });
      records.push({ ...row, rev: view.rev });
      continue;
    }
    const base = await baseOf(oldKey, kept.get(row.id));
    if (!mayChange) {
      // Without a base (it was sent from here, and the answer never came) what is there now is the measure.
      if (!isSameForGroup(mine.value, base ?? theirs)) copy(stored, mine.value);
      rows.set(row.id, { ...stored, group: g, entry: withHigherCounter(theirs, mine.value) });
      records.push({ ...row, rev: view.rev });
      continue;
    }
    // Uses are told to nobody: a code that was used here does not keep what others have put into the trash.
    const unused = base ? withCounterOf(mine.value, base) : mine.value;
    const sides = mergeSides(base, unused, theirs);
    const merged = withHigherCounter(sides.merged, mine.value);
    if (sides.conflict) {
      copy(stored, mine.value);
      conflicts++;
    }
    const isWritten = !isSameContent(merged, mine.value);
    if (isWritten) rows.set(row.id, { ...stored, group: g, entry: merged });
    const rev = isWritten ? view.rev : (revs.get(row.id) ?? -1);
    records.push({ ...row, rev: isSameForGroup(merged, theirs) ? rev : -1 });
  }

  for (const { id } of deleted) {
    const kind = opened.get(id);
    if (kind === undefined || placeIn(view, id) !== g) continue;
    rows.set(id, null);
    const mine = kind.ok ? entryOf(kind.value) : null;
    const base = await baseOf(oldKey, kept.get(id));
    // Changed here after it was deleted there: an id that was deleted is never used again.
    if (kind.ok && mine?.ok && !(base && isSameForGroup(mine.value, base))) copy(kind.value, mine.value);
  }
  return { rows, records, gone: deleted.map(({ id }) => id), conflicts };
}

/** In which group an entry is; "" for what is only this person's, null for an id that nothing here has. */
export function placeIn(view: Pick<VaultView, "row">, id: string): string | null {
  const row = view.row(id);
  return row ? (row.group ?? "") : null;
}

async function baseOf(oldKey: CryptoKey | null, record: SharedRecordRow | undefined): Promise<Entry | null> {
  if (oldKey === null || record === undefined) return null;
  const content = await contentOf(oldKey, record);
  return content?.kind === "entry" ? content.entry : null;
}
