import type { MessageKey } from "../ui/i18n.ts";
import { type Chord, isChord } from "../ui/key-chord.ts";

/** What a key or a click on a row asks for. */
export type RowCommand =
  | "press"
  | "copy"
  | "copy-next"
  | "auto-site"
  | "edit"
  | "place"
  | "pin"
  | "up"
  | "down"
  | "trash";

export type ListKey =
  | { kind: "escape" | "add" | "lock" }
  | { kind: "move"; step: number }
  | { kind: "command"; command: RowCommand };

/** The keys of the popup's list: what they do, and the words by which the help lists them. */
export const LIST_KEYS: readonly { chord: Chord; does: ListKey; words: MessageKey }[] = [
  { chord: "ArrowDown", does: { kind: "move", step: 1 }, words: "keys.down" },
  { chord: "ArrowUp", does: { kind: "move", step: -1 }, words: "keys.up" },
  { chord: "PageDown", does: { kind: "move", step: 8 }, words: "keys.page-down" },
  { chord: "PageUp", does: { kind: "move", step: -8 }, words: "keys.page-up" },
  { chord: "Enter", does: { kind: "command", command: "press" }, words: "keys.press" },
  { chord: "Mod+c", does: { kind: "command", command: "copy" }, words: "keys.copy" },
  { chord: "Alt+KeyE", does: { kind: "command", command: "edit" }, words: "keys.edit" },
  { chord: "Alt+KeyP", does: { kind: "command", command: "pin" }, words: "keys.pin" },
  { chord: "Alt+ArrowUp", does: { kind: "command", command: "up" }, words: "keys.move-up" },
  { chord: "Alt+ArrowDown", does: { kind: "command", command: "down" }, words: "keys.move-down" },
  { chord: "Alt+KeyN", does: { kind: "add" }, words: "keys.add" },
  { chord: "Alt+KeyL", does: { kind: "lock" }, words: "keys.lock" },
  { chord: "Escape", does: { kind: "escape" }, words: "keys.escape" },
];

/** What a press in the popup's list asks for. Ctrl+N is the browser's own, hence Alt for what is ours. */
export function listKey(event: KeyboardEvent): ListKey | null {
  const found = LIST_KEYS.find(({ chord }) => isChord(event, chord));
  if (!found || isLeftToTarget(event, found.chord)) return null;
  return found.does;
}

/** Enter on a button presses it, and text that is chosen in a field is what Ctrl+C copies. */
export function isLeftToTarget({ target }: KeyboardEvent, chord: Chord): boolean {
  if (chord === "Enter") return target instanceof HTMLButtonElement;
  return chord === "Mod+c" && target instanceof HTMLInputElement && hasSelection(target);
}

function hasSelection(input: HTMLInputElement): boolean {
  return input.selectionStart !== input.selectionEnd;
}

/** The chord for a command on a row, for whoever shows it beside the words. */
export function chordOf(command: RowCommand): Chord | null {
  return LIST_KEYS.find(({ does }) => does.kind === "command" && does.command === command)?.chord ?? null;
}
