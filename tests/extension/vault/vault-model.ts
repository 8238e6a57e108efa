import { draftToEntry, type Entry, type EntryDraft } from "../../../shared/otp/entry.ts";

const TRASH_MS = 30 * 24 * 60 * 60 * 1000;
const REMEMBERED_PRESSES = 8;

export type ModelRow = {
  readonly entry: Entry;
  readonly pinned: boolean;
  readonly order: number;
  readonly uses: number;
  readonly lastUsedAt: number | null;
  readonly presses: readonly { readonly id: string; readonly counter: number }[];
  /** The number of the write that touched it last. */
  readonly write: number;
};
export type ModelItem = Pick<ModelRow, "entry" | "pinned" | "order"> & { readonly id: string };
type Snapshot = {
  readonly takenAt: number;
  readonly write: number;
  readonly before: Map<string, ModelRow | null>;
};

/**
 * What a vault is to be, kept in plain memory: no encryption, no index, no transactions, one writer. Written from what
 * the vault's functions promise, to be compared with what they did. Times are milliseconds since 1970 UTC.
 */
export class VaultModel {
  readonly rows = new Map<string, ModelRow>();
  snapshot: Snapshot | null = null;
  #write = 0;

  /** All ids in the order of the list. */
  sequence(): string[] {
    return [...this.rows]
      .sort(([idA, a], [idB, b]) => a.order - b.order || (idA < idB ? -1 : 1))
      .map(([id]) => id);
  }

  /** For a backup: what it holds of this moment. */
  items(): ModelItem[] {
    return this.sequence().map((id) => ({ id, ...this.#row(id) }));
  }

  add(ids: readonly string[], drafts: readonly EntryDraft[], now: number): void {
    this.#write += 1;
    for (const [at, draft] of drafts.entries()) this.#addRow(ids[at] ?? "", draftToEntry(draft, now));
  }

  change(id: string, patch: Partial<Entry>, now: number): boolean {
    return this.#edit(id, (row) => {
      const isNewSecret = patch.secret !== undefined && patch.secret !== row.entry.secret;
      const entry = { ...row.entry, ...(isNewSecret ? { secretSetAt: now } : {}), ...patch };
      return { ...row, entry, presses: isNewSecret ? [] : row.presses };
    });
  }

  pin(id: string, pinned: boolean): boolean {
    return this.#edit(id, (row) => ({ ...row, pinned }));
  }

  /** Puts an entry right before another, or last where that is null, itself or not there. */
  move(id: string, before: string | null): boolean {
    const others = this.sequence().filter((each) => each !== id);
    const at = before === null ? -1 : others.indexOf(before);
    const [low, high] = at === -1 ? [others.at(-1), undefined] : [others[at - 1], others[at]];
    const orderOf = (each: string | undefined) =>
      each === undefined ? undefined : this.rows.get(each)?.order;
    const [from, to] = [orderOf(low), orderOf(high)];
    const order = from === undefined ? (to ?? 2) - 1 : to === undefined ? from + 1 : (from + to) / 2;
    return this.#edit(id, (row) => ({ ...row, order }));
  }

  use(id: string, now: number): void {
    const row = this.rows.get(id);
    if (row) this.rows.set(id, { ...row, uses: row.uses + 1, lastUsedAt: now });
  }

  /** @returns the counter that this press gets; null where the entry has none */
  press(id: string, pressId: string): number | null {
    const row = this.rows.get(id);
    if (row?.entry.type !== "hotp" || row.entry.counter === null) return null;
    const again = row.presses.find((press) => press.id === pressId);
    if (again) return again.counter;
    const { counter } = row.entry;
    const presses = [...row.presses, { id: pressId, counter }].slice(-REMEMBERED_PRESSES);
    this.#edit(id, () => ({ ...row, entry: { ...row.entry, counter: counter + 1 }, presses }));
    return counter;
  }

  /** @returns the ids that are there */
  trash(ids: readonly string[], now: number): string[] {
    return this.#setDeletedAt(ids, (deletedAt) => deletedAt ?? now);
  }

  untrash(ids: readonly string[]): string[] {
    return this.#setDeletedAt(ids, () => null);
  }

  deleteForever(ids: readonly string[]): string[] {
    const done = [...new Set(ids)].filter((id) => this.rows.delete(id));
    for (const id of done) this.snapshot?.before.delete(id);
    if (this.snapshot?.before.size === 0) this.snapshot = null;
    return done;
  }

  purge(now: number): string[] {
    const isOld = (time: number | null) => time !== null && now - time >= TRASH_MS;
    if (this.snapshot !== null && isOld(this.snapshot.takenAt)) this.snapshot = null;
    return this.deleteForever(
      [...this.rows].flatMap(([id, { entry }]) => (isOld(entry.deletedAt) ? [id] : [])),
    );
  }

  restore(items: readonly ModelItem[], now: number): { added: number; replaced: number } {
    const before = new Map<string, ModelRow | null>();
    const write = this.#write + 1;
    const outcome = { added: 0, replaced: 0 };
    for (const item of items) {
      const row = this.rows.get(item.id);
      const merged = row === undefined ? item.entry : mergedOf(row.entry, item.entry);
      if (row !== undefined && !isShownDifferent(row.entry, merged)) continue;
      const entry = merged.deletedAt === null ? merged : { ...merged, deletedAt: now };
      before.set(item.id, row ?? null);
      this.#write = write;
      if (row === undefined) this.#addRow(item.id, entry, item.pinned);
      else this.rows.set(item.id, { ...row, entry, presses: [], write });
      outcome[row === undefined ? "added" : "replaced"] += 1;
    }
    if (before.size > 0) this.snapshot = { takenAt: now, write, before };
    return outcome;
  }

  /** @returns null where there is nothing to undo */
  undo(): { reverted: number; changedSince: string[] } | null {
    if (this.snapshot === null) return null;
    const { write, before } = this.snapshot;
    const changedSince = [...before.keys()].filter((id) => this.rows.get(id)?.write !== write);
    this.snapshot = null;
    this.#write += 1;
    for (const [id, row] of before) {
      const now = this.rows.get(id);
      if (changedSince.includes(id) || now === undefined) continue;
      const { uses, lastUsedAt } = now;
      if (row === null) this.rows.delete(id);
      else this.rows.set(id, { ...row, uses, lastUsedAt, write: this.#write });
    }
    return { reverted: before.size - changedSince.length, changedSince };
  }

  /** Takes over the numbers that the vault gave for the same sequence; rows that got another one were written. */
  adoptOrders(orders: ReadonlyMap<string, number>): void {
    this.#write += 1;
    for (const [id, row] of this.rows) {
      const order = orders.get(id) ?? row.order;
      if (order !== row.order) this.rows.set(id, { ...row, order, write: this.#write });
    }
  }

  /** Takes over what another writer added. */
  addForeign(id: string, entry: Entry, order: number): void {
    this.#write += 1;
    this.#addRow(id, entry);
    this.rows.set(id, { ...this.#row(id), order });
  }

  #addRow(id: string, entry: Entry, pinned = false): void {
    const order = [...this.rows.values()].reduce((last, row) => Math.max(last, row.order), 0) + 1;
    this.rows.set(id, { entry, pinned, order, uses: 0, lastUsedAt: null, presses: [], write: this.#write });
  }

  #edit(id: string, change: (row: ModelRow) => ModelRow): boolean {
    const row = this.rows.get(id);
    if (row === undefined) return false;
    this.rows.set(id, { ...change(row), write: ++this.#write });
    return true;
  }

  #setDeletedAt(ids: readonly string[], change: (deletedAt: number | null) => number | null): string[] {
    return [...new Set(ids)].filter((id) =>
      this.#edit(id, (row) => ({ ...row, entry: { ...row.entry, deletedAt: change(row.entry.deletedAt) } })),
    );
  }

  #row(id: string): ModelRow {
    const row = this.rows.get(id);
    if (row === undefined) throw Error("the model has no such entry");
    return row;
  }
}

/** A counter never goes back, and the same secret keeps the time at which it came. */
function mergedOf(local: Entry, restored: Entry): Entry {
  if (local.secret !== restored.secret) return restored;
  const counter = restored.counter === null ? null : Math.max(local.counter ?? 0, restored.counter);
  return { ...restored, counter, secretSetAt: local.secretSetAt };
}

function isShownDifferent(a: Entry, b: Entry): boolean {
  const shown = ({ version: _, secretSetAt: __, deletedAt, ...rest }: Entry) =>
    JSON.stringify([Object.entries(rest).sort(), deletedAt === null]);
  return shown(a) !== shown(b);
}
