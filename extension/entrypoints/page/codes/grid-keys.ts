import { isLeftToTarget, type RowCommand } from "../../../screens/list-keys.ts";
import type { MessageKey } from "../../../ui/i18n.ts";
import { type Chord, isChord } from "../../../ui/key-chord.ts";

export type GridKey =
  /** `to` is a step, or an end of the list; with `stretch` everything on the way is chosen. */
  | { kind: "move"; to: number | "first" | "last"; stretch: boolean }
  | { kind: "toggle" | "all" | "none" | "trash" }
  | { kind: "command"; command: RowCommand };

/** The keys of the full page's list: what they do, and the words by which the help lists them. */
export const GRID_KEYS: readonly { chord: Chord; does: GridKey; words: MessageKey }[] = [
  { chord: "ArrowDown", does: { kind: "move", to: 1, stretch: false }, words: "keys.down" },
  { chord: "ArrowUp", does: { kind: "move", to: -1, stretch: false }, words: "keys.up" },
  { chord: "PageDown", does: { kind: "move", to: 8, stretch: false }, words: "keys.page-down" },
  { chord: "PageUp", does: { kind: "move", to: -8, stretch: false }, words: "keys.page-up" },
  { chord: "Home", does: { kind: "move", to: "first", stretch: false }, words: "keys.first" },
  { chord: "End", does: { kind: "move", to: "last", stretch: false }, words: "keys.last" },
  { chord: "Space", does: { kind: "toggle" }, words: "keys.choose" },
  { chord: "Shift+ArrowDown", does: { kind: "move", to: 1, stretch: true }, words: "keys.choose-down" },
  { chord: "Shift+ArrowUp", does: { kind: "move", to: -1, stretch: true }, words: "keys.choose-up" },
  { chord: "Mod+a", does: { kind: "all" }, words: "keys.choose-all" },
  { chord: "Escape", does: { kind: "none" }, words: "keys.choose-none" },
  { chord: "Enter", does: { kind: "command", command: "press" }, words: "keys.copy" },
  { chord: "Mod+c", does: { kind: "command", command: "copy" }, words: "keys.copy" },
  { chord: "Alt+KeyE", does: { kind: "command", command: "edit" }, words: "keys.edit" },
  { chord: "Alt+KeyP", does: { kind: "command", command: "pin" }, words: "keys.pin" },
  { chord: "Alt+ArrowUp", does: { kind: "command", command: "up" }, words: "keys.move-up" },
  { chord: "Alt+ArrowDown", does: { kind: "command", command: "down" }, words: "keys.move-down" },
  { chord: "Delete", does: { kind: "trash" }, words: "keys.trash" },
];

/** What a press in the list of the full page asks for. */
export function gridKey(event: KeyboardEvent): GridKey | null {
  const found = GRID_KEYS.find(({ chord }) => isChord(event, chord));
  return found && !isLeftToTarget(event, found.chord) ? found.does : null;
}
