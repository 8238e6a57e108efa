import type { Entry } from "../../shared/otp/entry.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { revertTexts, withoutTexts, withTexts } from "../../shared/text-list.ts";
import { type Change, commit } from "./commit.ts";
import type { ChangeRefusal } from "./entries.ts";
import { entryOf, type RowProblem, type StoredRow } from "./stored-row.ts";

/** What is to happen to each of many entries. An entry that is in the trash already keeps its time there. */
export type ManyEdit =
  | {
      readonly field: "tags" | "sites";
      readonly add: readonly string[];
      readonly remove: readonly string[];
    }
  /** Milliseconds since 1970 UTC; null takes it out of the trash. */
  | { readonly field: "deletedAt"; readonly to: number | null };

/** What one entry had before and after: enough to take it back without taking back what others did meanwhile. */
export type ManyChange = { readonly id: string } & (
  | {
      readonly field: "tags" | "sites";
      readonly before: readonly string[];
      readonly after: readonly string[];
    }
  | { readonly field: "deletedAt"; readonly before: number | null; readonly after: number | null }
);

export type ManyOutcome = {
  /** The entries that are different now; who had it so before is not among them. */
  readonly changed: readonly ManyChange[];
  readonly refused: readonly { readonly id: string; readonly reason: ChangeRefusal }[];
};

/** Changes one field of many entries, all in one transaction. Throws VaultLockedError. */
export function changeMany(ids: readonly string[], edit: ManyEdit): Promise<ManyOutcome> {
  return changeFields(new Map(ids.map((id) => [id, (entry: Entry) => edited(entry, edit)])));
}

/** Takes such a change back, in one transaction: of each entry only what that change did, whatever happened since. */
export function undoMany(changes: readonly ManyChange[]): Promise<ManyOutcome> {
  return changeFields(
    new Map(changes.map((change) => [change.id, (entry: Entry) => reverted(entry, change)])),
  );
}

type FieldOf = Pick<Entry, "tags"> | Pick<Entry, "sites"> | Pick<Entry, "deletedAt">;

function edited(entry: Entry, edit: ManyEdit): FieldOf {
  if (edit.field === "deletedAt")
    return { deletedAt: edit.to === null ? null : (entry.deletedAt ?? edit.to) };
  return listField(edit.field, withTexts(withoutTexts(entry[edit.field], edit.remove), edit.add));
}

function reverted(entry: Entry, change: ManyChange): FieldOf {
  if (change.field === "deletedAt")
    return { deletedAt: entry.deletedAt === change.after ? change.before : entry.deletedAt };
  return listField(change.field, revertTexts(entry[change.field], change.before, change.after));
}

function listField(field: "tags" | "sites", list: string[]): FieldOf {
  return field === "tags" ? { tags: list } : { sites: list };
}

function changeFields(editsById: ReadonlyMap<string, (entry: Entry) => FieldOf>): Promise<ManyOutcome> {
  return commit(async (view): Promise<Change<ManyOutcome>> => {
    const opened = await view.open([...editsById.keys()]);
    const rows = new Map<string, StoredRow>();
    const changed: ManyChange[] = [];
    const refused: { id: string; reason: ChangeRefusal }[] = [];
    for (const [id, edit] of editsById) {
      const read = readRow(opened.get(id));
      if (!read.ok) {
        refused.push({ id, reason: read.error });
        continue;
      }
      const { row, entry } = read.value;
      const next = { ...entry, ...edit(entry) };
      const change = differenceOf(id, entry, next);
      if (change === null) continue;
      changed.push(change);
      rows.set(id, { ...row, entry: next });
    }
    return { result: { changed, refused }, rows };
  });
}

function readRow(
  row: Result<StoredRow, RowProblem> | undefined,
): Result<{ row: StoredRow; entry: Entry }, ChangeRefusal> {
  if (row === undefined) return err("not-found");
  if (!row.ok) return row;
  const entry = entryOf(row.value);
  return entry.ok ? ok({ row: row.value, entry: entry.value }) : entry;
}

function differenceOf(id: string, before: Entry, after: Entry): ManyChange | null {
  if (before.deletedAt !== after.deletedAt)
    return { id, field: "deletedAt", before: before.deletedAt, after: after.deletedAt };
  for (const field of ["tags", "sites"] as const)
    if (before[field].join("\n") !== after[field].join("\n"))
      return { id, field, before: before[field], after: after[field] };
  return null;
}
