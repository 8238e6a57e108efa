import { countsAnew } from "../../shared/group/counter.ts";
import { recordsKeyOf } from "../../shared/group/group-key.ts";
import type { Entry } from "../../shared/otp/entry.ts";
import { isSameSecret } from "../../shared/otp/same-entry.ts";
import { type Change, commit, type VaultView } from "../vault/commit.ts";
import { db, type GroupRow, type SharedRecordRow } from "../vault/db.ts";
import { type Uses, usesOf } from "../vault/index-row.ts";
import { orderAtEnd } from "../vault/order-between.ts";
import { entryOf, newRow, type StoredRow } from "../vault/stored-row.ts";
import { TRASH_DAYS } from "../vault/trash.ts";
import { placeIn } from "./plan-arrivals.ts";
import { contentOf } from "./records.ts";
import { isSameForGroup } from "./same-for-group.ts";
import type { GroupSecrets } from "./secrets.ts";

const TRASH_MS = TRASH_DAYS * 24 * 60 * 60_000;

/** An entry that says something else than its record, or has none. */
export type Outgoing = {
  readonly id: string;
  /** The version that it will be. */
  readonly ver: number;
  /** The revision of the vault row that was read. */
  readonly rev: number;
  /** Null: it was deleted here for ever. */
  readonly entry: Entry | null;
  /** It is not in the group yet, or gives other codes than its record. */
  readonly isNewSecret: boolean;
  /** Its record counts codes of another secret: it needs one of its own. */
  readonly countsAnew: boolean;
  /** Only where it was deleted for ever: it had been in the trash for its time. */
  readonly isOld: boolean;
};

/**
 * Looks for what has to be sent. Rows are told by their revisions, so that only those that were written since are opened.
 * What was changed here of a record that the server withholds waits for it: it can only follow on the version that the log
 * has, and everything else would wait with it.
 *
 * @returns null where the vault is as it was when everything had been sent
 */
export async function readOutgoing(
  { g, sentRev, missing }: GroupRow,
  { key }: GroupSecrets,
  now: number = Date.now(),
): Promise<{ readonly rev: number; readonly changes: readonly Outgoing[] } | null> {
  // Told without opening the index, which takes the longer the more entries there are.
  if ((await db.vault.get("vault"))?.rev === sentRev) return null;
  return commit(async (view): Promise<Change<{ rev: number; changes: Outgoing[] } | null>> => {
    const rev = view.rev - 1;
    if (rev === sentRev || key === null) return { result: null };
    const recordsKey = await recordsKeyOf(key);
    const waiting = new Set(missing);
    const ids = view.index.filter(({ group }) => group === g).map(({ id }) => id);
    const records = new Map(
      (await db.sharedRecords.where("g").equals(g).toArray()).map((record) => [record.id, record]),
    );
    const revs = await view.revs(ids);
    const suspects = ids.filter((id) => !waiting.has(id) && records.get(id)?.rev !== revs.get(id));
    const opened = await view.open(suspects);
    const changes: Outgoing[] = [];
    const heads = await db.recordHeads.bulkGet(suspects.map((id) => [g, id]));
    const deleted = new Set(heads.flatMap((head) => (head?.h === null ? [head.id] : [])));
    const stranded = suspects.filter((id) => deleted.has(id) && !records.has(id) && opened.get(id)?.ok);
    // An undo or a backup has brought back what was deleted for ever: an id is never used again, so it gets another.
    if (stranded.length > 0) return renamed(stranded, opened, view.index);
    for (const id of suspects) {
      const row = opened.get(id);
      const entry = row?.ok ? entryOf(row.value) : null;
      // What can't be read stays as it is, there and here.
      if (!entry?.ok) continue;
      const record = records.get(id);
      const content = record ? await contentOf(recordsKey, record) : null;
      const base = content?.kind === "entry" ? content.entry : null;
      if (record && base && isSameForGroup(entry.value, base)) continue;
      changes.push({
        id,
        ver: (record?.ver ?? 0) + 1,
        rev: revs.get(id) ?? -1,
        entry: entry.value,
        isNewSecret: base === null || !isSameSecret(base, entry.value),
        countsAnew: base !== null && countsAnew(base, entry.value),
        isOld: false,
      });
    }
    const present = new Set(ids);
    const readable = new Map<string, Entry>();
    for (const record of records.values()) {
      if (present.has(record.id) || waiting.has(record.id)) continue;
      const content = await contentOf(recordsKey, record);
      if (content?.kind !== "entry") continue;
      if (!record.isEntry) {
        // It waits while an entry elsewhere has its id.
        if (placeIn(view, record.id) === null) readable.set(record.id, content.entry);
        continue;
      }
      const { deletedAt } = content.entry;
      const isOld = deletedAt !== null && now - deletedAt >= TRASH_MS;
      changes.push({
        id: record.id,
        ver: record.ver + 1,
        rev: -1,
        entry: null,
        isNewSecret: false,
        countsAnew: false,
        isOld,
      });
    }
    if (readable.size > 0) return taken(view, g, readable, records);
    return { result: { rev, changes } };
  });
}

/** What an earlier version of this extension could not read, and this one can: it has waited, and is shown now. */
function taken(
  view: VaultView,
  g: string,
  entries: ReadonlyMap<string, Entry>,
  records: ReadonlyMap<string, SharedRecordRow>,
): Change<{ rev: number; changes: Outgoing[] }> {
  const first = orderAtEnd(view.index);
  const rows = new Map(
    [...entries].map(([id, entry], at) => [id, { ...newRow(entry, first + at), group: g }] as const),
  );
  const shown = [...entries.keys()].flatMap((id) => {
    const record = records.get(id);
    return record ? [{ ...record, isEntry: true, rev: view.rev }] : [];
  });
  const write = async () => {
    await db.sharedRecords.bulkPut(shown);
  };
  return { result: { rev: -1, changes: [] }, rows, along: { tables: [db.sharedRecords], write } };
}

function renamed(
  ids: readonly string[],
  opened: Awaited<ReturnType<VaultView["open"]>>,
  index: VaultView["index"],
): Change<{ rev: number; changes: Outgoing[] }> {
  const rows = new Map<string, StoredRow | null>();
  const uses = new Map<string, Uses>();
  for (const id of ids) {
    const row = opened.get(id);
    if (!row?.ok) continue;
    const again = crypto.randomUUID();
    rows.set(again, row.value);
    rows.set(id, null);
    const used = index.find((each) => each.id === id);
    if (used) uses.set(again, usesOf(used));
  }
  // What they are now is found by the next look.
  return { result: { rev: -1, changes: [] }, rows, uses };
}

/**
 * What this person may not do in the group is undone here, and nothing of it is lost: who may not change the group's
 * entries keeps what they typed as an entry of their own, and what was deleted comes back to where it was.
 *
 * @returns how many entries were written
 */
export async function settleRefused(
  { g }: GroupRow,
  { key }: GroupSecrets,
  refused: readonly Outgoing[],
  mayChange: boolean,
): Promise<number> {
  // A new secret that waits for a new key stays where it is.
  const settled = refused.filter(({ entry }) => entry === null || !mayChange);
  if (settled.length === 0 || key === null) return 0;
  const recordsKey = await recordsKeyOf(key);
  return commit(async (view): Promise<Change<number>> => {
    const rows = new Map<string, StoredRow | null>();
    const bases: SharedRecordRow[] = [];
    const opened = await view.open(settled.map(({ id }) => id));
    let order = orderAtEnd(view.index);
    for (const { id, entry } of settled) {
      const record = await db.sharedRecords.get([g, id]);
      const content = record ? await contentOf(recordsKey, record) : null;
      const row = opened.get(id);
      if (record && content?.kind === "entry") {
        const back = row?.ok ? row.value : newRow(content.entry, order++);
        rows.set(id, { ...back, group: g, entry: content.entry });
        bases.push({ ...record, rev: view.rev });
        if (entry === null || !row?.ok) continue;
        const { group: _, ...own } = row.value;
        rows.set(crypto.randomUUID(), { ...own, pinned: false, order: order++, entry });
      } else if (row?.ok) {
        const { group: _, ...own } = row.value;
        rows.set(id, own);
      }
    }
    const write = async () => {
      await db.sharedRecords.bulkPut(bases);
    };
    return { result: rows.size, rows, along: { tables: [db.sharedRecords], write } };
  });
}
