import type { BackupItem, ParsedBackup } from "../../../shared/formats/backup.ts";
import { codeAt } from "../../../shared/otp/code.ts";
import type { Entry } from "../../../shared/otp/entry.ts";
import { compareEntries } from "../../../shared/otp/same-entry.ts";
import type { AllRows } from "../../vault/all-rows.ts";
import type { NamedEntry } from "../../vault/index-row.ts";
import { entryOf } from "../../vault/stored-row.ts";

/** A backup beside the vault, entry by entry. */
export type Comparison = {
  /** Entries that are in the backup as they are here: the same code now, the same in every field. */
  readonly right: number;
  /** Entries that should be in it as they are here, and are not, or are otherwise, or can't be read there. */
  readonly wrong: readonly NamedEntry[];
  /** Entries that came after it. */
  readonly later: readonly NamedEntry[];
  /** Entries that were changed after it, and are in it as they were. */
  readonly changed: readonly NamedEntry[];
  /** Entries of the backup that are here no more. */
  readonly gone: number;
};

/**
 * Compares every entry of the vault with the backup.
 *
 * What came later is told by the revision that the backup names, where it is one of this vault; else by when the secret
 * came here, and then an entry whose codes are the same counts as changed, since nobody knows when that was.
 *
 * @param here entries that can't be opened can't be compared and are left out
 * @param now milliseconds since 1970 UTC, for the codes
 */
export function compareBackup(backup: ParsedBackup, here: AllRows, now: number): Comparison {
  const items = new Map<string, BackupItem>();
  for (const item of backup.items) if (item.ok) items.set(item.value.id, item.value);
  const result = {
    right: 0,
    wrong: [] as NamedEntry[],
    later: [] as NamedEntry[],
    changed: [] as NamedEntry[],
  };
  const seen = new Set(here.problems.map(({ id }) => id));
  for (const { id, rev, row } of here.rows) {
    seen.add(id);
    const local = entryOf(row);
    if (!local.ok) continue;
    const named = { id, issuer: local.value.issuer, account: local.value.account };
    const item = items.get(id);
    const isLater = cameLater(local.value, rev, backup, here.vaultId);
    if (item === undefined) result[isLater === true ? "later" : "wrong"].push(named);
    else if (isSame(local.value, item.entry, now)) result.right++;
    else if (isLater ?? isSameCode(countedAs(local.value, item.entry), item.entry, now))
      result.changed.push(named);
    else result.wrong.push(named);
  }
  const gone = [...items.keys()].filter((id) => !seen.has(id)).length;
  return { ...result, gone };
}

/** @returns null: nobody knows */
function cameLater(
  local: Entry,
  rev: number,
  { vault, createdAt }: ParsedBackup,
  vaultId: string,
): boolean | null {
  if (vault?.id === vaultId) return rev > vault.rev;
  return local.secretSetAt > createdAt ? true : null;
}

/** Codes that were counted since are those of the same secret: a counter only goes on. */
function countedAs(local: Entry, { counter }: Entry): Entry {
  return local.counter !== null && counter !== null && counter < local.counter
    ? { ...local, counter }
    : local;
}

function isSame(local: Entry, restored: Entry, now: number): boolean {
  return isSameCode(local, restored, now) && compareEntries(local, restored).length === 0;
}

function isSameCode(local: Entry, restored: Entry, now: number): boolean {
  const [one, other] = [codeAt(local, now), codeAt(restored, now)];
  return one.ok && other.ok ? one.value === other.value : !one.ok && !other.ok && one.error === other.error;
}
