import type { ImportChoice } from "../../../extension/import/import-items.ts";
import { importItems } from "../../../extension/import/import-items.ts";
import type { ImportDraft } from "../../../extension/import/plan-import.ts";
import type { EntryDraft } from "../../../shared/otp/entry.ts";

export const DAY = 24 * 60 * 60 * 1000;

/** A draft as a file gave it, without anything beside it. */
export function fromFile(draft: EntryDraft, more: Partial<ImportDraft> = {}): ImportDraft {
  return { draft, notices: [], pinned: false, trashed: false, ...more };
}

/** Nobody looks on, nobody stops it. */
export const UNWATCHED = { onSealed: () => {}, signal: new AbortController().signal };

export function importAll(choices: readonly ImportChoice[], now = 1_000) {
  return importItems(choices, ["aegis"], UNWATCHED, now);
}

export function add(draft: EntryDraft, pinned = false): ImportChoice {
  return { kind: "add", draft, pinned };
}
