import type { RestorePreview } from "./preview-restore.ts";

export type RestoreOutcome = {
  readonly added: number;
  readonly replaced: number;
  /** Keys of items that were left alone because the entry here changed after the preview. */
  readonly changedSince: readonly string[];
};
export type UndoableRestore = { readonly restoredAt: number; readonly entries: number };
export type UndoOutcome = {
  readonly reverted: number;
  /** Ids of entries that were changed after the restore and therefore left alone. */
  readonly changedSince: readonly string[];
};

/** Applies the chosen items, all or nothing. "new" ones are added, "differs" ones replace the entry here. */
export async function restore(_preview: RestorePreview, _chosen: readonly string[]): Promise<RestoreOutcome> {
  throw new Error("not written yet");
}
export async function lastUndoableRestore(): Promise<UndoableRestore | null> {
  throw new Error("not written yet");
}
/** null: there is nothing to undo. */
export async function undoRestore(): Promise<UndoOutcome | null> {
  throw new Error("not written yet");
}
