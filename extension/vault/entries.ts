import type { Entry, EntryDraft } from "../../shared/otp/entry.ts";
import type { Result } from "../../shared/result.ts";
import type { IndexRow } from "./index-row.ts";

export type ReadRefusal = "not-found" | "damaged" | "newer-version" | "locked";
export type ChangeRefusal = "not-found" | "damaged" | "newer-version";

/** All rows, trash included, by order. Throws VaultLockedError. */
export async function readIndex(): Promise<IndexRow[]> {
  throw new Error("not written yet");
}
/** Calls back with the rows at once and after every change, while the vault is unlocked. @returns stops watching */
export function watchIndex(_onRows: (rows: IndexRow[]) => void): () => void {
  throw new Error("not written yet");
}
export async function readEntry(_id: string): Promise<Result<Entry, ReadRefusal>> {
  throw new Error("not written yet");
}
/** Opens several at once, in one read. */
export async function readEntries(_ids: readonly string[]): Promise<Map<string, Result<Entry, ReadRefusal>>> {
  throw new Error("not written yet");
}
/** @returns the new ids, in the order of the drafts */
export async function addEntries(_drafts: readonly EntryDraft[], _at: { now: number }): Promise<string[]> {
  throw new Error("not written yet");
}
/** Merges the patch into the entry; fields of a newer version stay. A new secret moves secretSetAt. */
export async function changeEntry(
  _id: string,
  _patch: Partial<Entry>,
  _now: number = Date.now(),
): Promise<Result<void, ChangeRefusal>> {
  throw new Error("not written yet");
}
export async function setPinned(_id: string, _pinned: boolean): Promise<Result<void, ChangeRefusal>> {
  throw new Error("not written yet");
}
/** Puts the entry right before another one, or at the end. */
export async function moveEntry(
  _id: string,
  _to: { before: string | null },
): Promise<Result<void, ChangeRefusal>> {
  throw new Error("not written yet");
}
/** Counts one use. */
export async function recordUse(_id: string, _now: number): Promise<void> {
  throw new Error("not written yet");
}
/** @returns the entry with the same secret bytes, type, digits, period and algorithm; one in the trash only if no other */
export async function findSame(_draft: EntryDraft): Promise<string | null> {
  throw new Error("not written yet");
}
