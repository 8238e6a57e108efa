import { describe, expect, test } from "vitest";
import { GRID_KEYS, gridKey } from "../../../extension/entrypoints/page/codes/grid-keys.ts";
import { LIST_KEYS, listKey } from "../../../extension/screens/list-keys.ts";

/** A key as the browser reports it when the chord of a table is pressed. */
function press(chord: string): KeyboardEvent {
  const parts = chord.split("+");
  const key = parts.at(-1) ?? "";
  return new KeyboardEvent("keydown", {
    key: key === "Space" ? " " : key.replace(/^Key/, ""),
    code: key.length === 1 ? `Key${key.toUpperCase()}` : key,
    altKey: parts.includes("Alt"),
    shiftKey: parts.includes("Shift"),
    ctrlKey: parts.includes("Mod"),
  });
}

describe.for([
  ["the popup", LIST_KEYS, listKey],
  ["the full page", GRID_KEYS, gridKey],
] as const)("of %s", ([, table, read]) => {
  test("each key does what its line says", () => {
    for (const { chord, does } of table) expect(read(press(chord)), chord).toEqual(does);
  });

  test("no key stands twice", () => {
    expect(new Set(table.map(({ chord }) => chord)).size).toBe(table.length);
  });

  test("no key does anything with a modifier more", () => {
    for (const { chord } of table) {
      const event = press(`Alt+Mod+${chord.split("+").at(-1)}`);
      expect(read(event), chord).toBeNull();
    }
  });
});
