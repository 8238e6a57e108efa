import { draftToEntry, type Entry, type EntryDraft, parseEntry } from "../../shared/otp/entry.ts";
import { compareEntries, isSameSecret } from "../../shared/otp/same-entry.ts";
import { type Change, commit, type VaultView, type Watching } from "../vault/commit.ts";
import { patchedRow } from "../vault/entries.ts";
import { orderAtEnd } from "../vault/order-between.ts";
import { entryOf, newRow, type StoredRow } from "../vault/stored-row.ts";
import { withDraftTaken } from "./differing-fields.ts";
import type { LocalEntry } from "./plan-import.ts";

/** What the person chose of the files. */
export type ImportChoice =
  | { readonly kind: "add"; readonly draft: EntryDraft; readonly pinned: boolean }
  /** The file's version takes the place of the entry here. */
  | { readonly kind: "take"; readonly draft: EntryDraft; readonly local: LocalEntry };

export type ImportOutcome = {
  /** By which it can be taken back; null where nothing was written. */
  readonly id: `import/${string}` | null;
  readonly added: number;
  readonly changed: number;
  /** Ids of entries that were changed after the preview, or came into a group, and were therefore left alone. */
  readonly changedSince: readonly string[];
};

/**
 * Keeps what was chosen in one transaction, together with what taking it back needs. New ones come behind what is there,
 * in the files' order; a secret that gave way to another one lies in the trash as an entry of its own.
 *
 * Throws VaultLockedError, and the signal's reason where it was stopped before the transaction: then nothing is written.
 *
 * @param formats ids of the formats that the files had
 */
export function importItems(
  choices: readonly ImportChoice[],
  formats: readonly string[],
  watching: Watching,
  now: number = Date.now(),
): Promise<ImportOutcome> {
  return commit(async (view): Promise<Change<ImportOutcome>> => {
    const added = addedRows(choices, view, now);
    const { changed, before, replaced, replacedOf, changedSince } = await changedRows(choices, view, now);
    const rows = new Map([...added, ...changed, ...replaced]);
    const counts = { added: added.size, changed: changed.size, changedSince };
    if (rows.size === 0) return { result: { id: null, ...counts } };
    const id = `import/${crypto.randomUUID()}` as const;
    const undo = [...rows.keys()].map((row) => {
      const of = replacedOf.get(row);
      return { id: row, before: before.get(row) ?? null, ...(of !== undefined && { of }) };
    });
    const snapshot = { takenAt: now, rev: view.rev, rows: undo, formats: [...formats] };
    return { result: { id, ...counts }, rows, snapshots: new Map([[id, snapshot]]) };
  }, watching);
}

function addedRows(choices: readonly ImportChoice[], view: VaultView, now: number): Map<string, StoredRow> {
  const first = orderAtEnd(view.index);
  const added = choices.filter((choice) => choice.kind === "add");
  return new Map(
    added.map(({ draft, pinned }, at) => {
      const entry = parseEntry(draftToEntry(draft, now));
      if (!entry.ok) throw Error("a draft does not make an entry");
      return [crypto.randomUUID(), { ...newRow(entry.value, first + at), pinned }];
    }),
  );
}

type ChangedRows = {
  readonly changed: Map<string, StoredRow>;
  readonly before: Map<string, StoredRow>;
  readonly replaced: Map<string, StoredRow>;
  /** The entry whose former secret each of these keeps. */
  readonly replacedOf: Map<string, string>;
  readonly changedSince: string[];
};

async function changedRows(
  choices: readonly ImportChoice[],
  view: VaultView,
  now: number,
): Promise<ChangedRows> {
  const changed = new Map<string, StoredRow>();
  const before = new Map<string, StoredRow>();
  const replaced = new Map<string, StoredRow>();
  const replacedOf = new Map<string, string>();
  const changedSince: string[] = [];
  const taken = choices.filter((choice) => choice.kind === "take");
  const opened = await view.open(taken.map(({ local }) => local.id));
  for (const { draft, local } of taken) {
    const row = opened.get(local.id);
    const isAsShown = row?.ok && row.value.group === undefined && isStill(row.value, local.entry);
    // Two accounts of the files may say something else of one entry: the first one that was chosen counts.
    if (!isAsShown || changed.has(local.id)) {
      changedSince.push(local.id);
      continue;
    }
    const { secretSetAt: _, ...patch } = withDraftTaken(local.entry, draft);
    const next = patchedRow(row.value, patch, now);
    if (!next.ok) throw Error("an entry that was read can't be read");
    changed.set(local.id, next.value);
    before.set(local.id, row.value);
    if (isSameSecret(local.entry, draft)) continue;
    const copy = crypto.randomUUID();
    replacedOf.set(copy, local.id);
    replaced.set(copy, {
      ...row.value,
      pinned: false,
      entry: { ...local.entry, deletedAt: local.entry.deletedAt ?? now },
    });
  }
  return { changed, before, replaced, replacedOf, changedSince };
}

function isStill(row: StoredRow, shown: Entry): boolean {
  const entry = entryOf(row);
  return entry.ok && compareEntries(entry.value, shown).length === 0;
}
