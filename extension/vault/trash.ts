import type { ChangeRefusal } from "./entries.ts";

export const TRASH_DAYS = 30;

export type TrashOutcome = {
  readonly done: readonly string[];
  readonly refused: readonly { readonly id: string; readonly reason: ChangeRefusal }[];
};

export async function moveToTrash(_ids: readonly string[], _now: number): Promise<TrashOutcome> {
  throw new Error("not written yet");
}
export async function restoreFromTrash(_ids: readonly string[]): Promise<TrashOutcome> {
  throw new Error("not written yet");
}
/** Also takes damaged entries and those of a newer version. */
export async function deleteForever(_ids: readonly string[]): Promise<TrashOutcome> {
  throw new Error("not written yet");
}
/** @returns the ids of the entries that had been in the trash for 30 days and are gone now */
export async function purgeTrash(_now: number): Promise<string[]> {
  throw new Error("not written yet");
}
