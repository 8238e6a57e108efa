import { bytesToHex } from "../../shared/bytes.ts";
import type { EntryNotice, RejectedEntry } from "../../shared/formats/format.ts";
import type { Entry, EntryDraft } from "../../shared/otp/entry.ts";
import { isSameSecret, keyBytes } from "../../shared/otp/same-entry.ts";
import { readEntries, readIndex } from "../vault/entries.ts";
import { findExisting, foldedNames } from "../vault/find-existing.ts";
import type { IndexRow } from "../vault/index-row.ts";
import { openVaultKey } from "../vault/vault-key.ts";
import { type DraftField, differingFields } from "./differing-fields.ts";

/** An account as the files gave it. */
export type ImportDraft = {
  readonly draft: EntryDraft;
  readonly notices: readonly EntryNotice[];
  readonly pinned: boolean;
  readonly trashed: boolean;
};

type Keyed = {
  /** Names the item within this preview, for the choice. */
  readonly key: string;
};

/** An entry here that an account of the files could be. */
export type LocalEntry = {
  readonly id: string;
  readonly entry: Entry;
  /** Shared with a group: the file's version can't take its place, since that is not one person's to decide. */
  readonly isShared: boolean;
};

export type ImportItem = Keyed &
  (
    | ({ readonly kind: "new" } & ImportDraft)
    | ({
        readonly kind: "same";
        /** null: another account of the files is the same, and comes before it. */
        readonly local: LocalEntry | null;
      } & ImportDraft)
    | ({
        readonly kind: "differs";
        readonly local: LocalEntry;
        readonly fields: readonly DraftField[];
      } & ImportDraft)
    | ({ readonly kind: "refused" } & RejectedEntry)
  );

/** What can be kept of the files. */
export type OpenItem = Exclude<ImportItem, { kind: "refused" }>;

/**
 * Says of each account what is here of it already: nothing, the same, or one that differs and in what. Somebody is
 * recognised by the secret, or else by the names where these mean one entry alone. Where there is no vault yet, or one
 * that nobody can open, everything is new. Writes nothing. Throws VaultLockedError.
 */
export async function planImport(
  drafts: readonly ImportDraft[],
  refused: readonly RejectedEntry[],
): Promise<ImportItem[]> {
  const found = await findLocals(drafts.map(({ draft }) => draft));
  const seen = new Map<string, EntryDraft[]>();
  const items = drafts.map((one, at): ImportItem => {
    const key = String(at);
    const alike = seen.get(bytesOf(one.draft)) ?? [];
    seen.set(bytesOf(one.draft), [...alike, one.draft]);
    if (alike.some((other) => isTwice(other, one.draft))) return { key, kind: "same", local: null, ...one };
    const local = found[at] ?? null;
    if (local === null) return { key, kind: "new", ...one };
    // What lies in the trash there need not come out of it here.
    const fields = differingFields(local.entry, one.draft).filter(
      (field) => !(one.trashed && field === "deletedAt"),
    );
    return fields.length === 0
      ? { key, kind: "same", local, ...one }
      : { key, kind: "differs", local, fields, ...one };
  });
  return [
    ...items,
    ...refused.map((one, at): ImportItem => ({ key: `refused-${at}`, kind: "refused", ...one })),
  ];
}

/** The same account of the files, with another draft that the person typed. */
export function withDraft(item: OpenItem, draft: EntryDraft): OpenItem {
  if (item.kind !== "differs") return { ...item, draft };
  return { ...item, draft, fields: differingFields(item.local.entry, draft) };
}

async function findLocals(drafts: readonly EntryDraft[]): Promise<(LocalEntry | null)[]> {
  const key = await openVaultKey().catch(() => null);
  if (key === null || (!key.ok && key.error !== "locked")) return drafts.map(() => null);
  const [existing, index] = await Promise.all([findExisting(drafts), readIndex()]);
  const rows = new Map(index.map((row) => [row.id, row]));
  const read = await readEntries(index.map(({ id }) => id));
  const locals = new Map<string, LocalEntry>();
  const idsByBytes = new Map<string, string[]>();
  for (const [id, entry] of read) {
    if (!entry.ok) continue;
    locals.set(id, { id, entry: entry.value, isShared: rows.get(id)?.group !== undefined });
    const bytes = bytesOf(entry.value);
    idsByBytes.set(bytes, [...(idsByBytes.get(bytes) ?? []), id]);
  }
  return drafts.map((draft, at) => {
    // One secret under several names is legal: of those the one that has this account's names is meant.
    const alike = (idsByBytes.get(bytesOf(draft)) ?? []).flatMap((id) => locals.get(id) ?? []);
    const best = alike.toSorted((a, b) => likeness(b, draft, rows) - likeness(a, draft, rows))[0];
    return best ?? locals.get(existing[at]?.row.id ?? "") ?? null;
  });
}

/** How sure it is that an entry with these secret bytes is meant. */
function likeness({ id, entry }: LocalEntry, draft: EntryDraft, rows: ReadonlyMap<string, IndexRow>): number {
  const isLive = (rows.get(id)?.deletedAt ?? null) === null;
  return (
    (isSameSecret(entry, draft) ? 4 : 0) +
    (foldedNames(entry) === foldedNames(draft) ? 2 : 0) +
    (isLive ? 1 : 0)
  );
}

function isTwice(a: EntryDraft, b: EntryDraft): boolean {
  return isSameSecret(a, b) && foldedNames(a) === foldedNames(b);
}

function bytesOf(draft: Pick<EntryDraft, "type" | "secret">): string {
  const bytes = keyBytes(draft);
  return bytes === null ? `text ${draft.secret}` : bytesToHex(bytes);
}
