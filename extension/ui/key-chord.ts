import { t } from "./i18n.ts";

/**
 * A key with its modifiers, joined by "+": "Alt+KeyN", "Mod+a", "Shift+ArrowDown", "Space". Letters with Alt go by their
 * place (KeyboardEvent.code), since Alt makes other signs of them; all else goes by what it says (KeyboardEvent.key).
 * Mod is Ctrl or, on a Mac, Cmd.
 */
export type Chord = string;

/** Whether this press is this chord, with no other modifier. While an input method composes, nothing is. */
export function isChord(event: KeyboardEvent, chord: Chord): boolean {
  if (event.isComposing) return false;
  const { key, modifiers } = partsOf(chord);
  if (event.altKey !== modifiers.includes("Alt") || event.shiftKey !== modifiers.includes("Shift"))
    return false;
  if ((event.ctrlKey || event.metaKey) !== modifiers.includes("Mod")) return false;
  if (key.startsWith("Key")) return event.code === key;
  return event.key.toLowerCase() === (key === "Space" ? " " : key.toLowerCase());
}

const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
  PageUp: "Page Up",
  PageDown: "Page Down",
  Delete: "Del",
  Mod: "Ctrl",
};

/** The chord as it stands on the keys, e.g. "Alt+N", "Shift+↓". */
export function chordText(chord: Chord): string {
  const { key, modifiers } = partsOf(chord);
  const name = key === "Space" ? t("keys.space") : (NAMES[key] ?? key.replace(/^Key/, ""));
  const shown = name.length === 1 ? name.toUpperCase() : name;
  return [...modifiers.map((modifier) => NAMES[modifier] ?? modifier), shown].join("+");
}

function partsOf(chord: Chord): { key: string; modifiers: readonly string[] } {
  const parts = chord.split("+");
  return { key: parts.at(-1) ?? "", modifiers: parts.slice(0, -1) };
}
