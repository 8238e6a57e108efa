import { describe, expect, test } from "vitest";
import { listKey } from "../../../extension/screens/list-keys.ts";

/** A key as it arrives at the document, pressed while `target` has the focus. */
function pressed(
  key: string,
  options: KeyboardEventInit & { target?: HTMLElement } = {},
): ReturnType<typeof listKey> {
  const { target = document.createElement("input"), ...init } = options;
  const event = new KeyboardEvent("keydown", { key, ...init });
  Object.defineProperty(event, "target", { value: target });
  return listKey(event);
}

describe("the keys of the list", () => {
  test("move the selection by a row or by a page", () => {
    expect(pressed("ArrowDown")).toEqual({ kind: "move", step: 1 });
    expect(pressed("ArrowUp")).toEqual({ kind: "move", step: -1 });
    expect(pressed("PageDown")).toEqual({ kind: "move", step: 8 });
    expect(pressed("PageUp")).toEqual({ kind: "move", step: -8 });
  });

  test("are found by their place with Alt, whatever letter the layout has there", () => {
    for (const [code, found] of [
      ["KeyN", { kind: "add" }],
      ["KeyL", { kind: "lock" }],
      ["KeyE", { kind: "command", command: "edit" }],
      ["KeyP", { kind: "command", command: "pin" }],
    ] as const) {
      expect(pressed("¬", { code, altKey: true }), code).toEqual(found);
    }
    expect(pressed("ArrowUp", { code: "ArrowUp", altKey: true })).toEqual({ kind: "command", command: "up" });
  });

  test("leave AltGr (Ctrl+Alt), typing and the browser's own keys alone", () => {
    expect(pressed("ł", { code: "KeyL", altKey: true, ctrlKey: true })).toBeNull();
    expect(pressed("n", { code: "KeyN" })).toBeNull();
    expect(pressed("n", { code: "KeyN", ctrlKey: true })).toBeNull();
    expect(pressed("c")).toBeNull();
    expect(pressed("Tab")).toBeNull();
  });

  test("copy with Ctrl+C or Cmd+C, unless some text is chosen", () => {
    expect(pressed("c", { ctrlKey: true })).toEqual({ kind: "command", command: "copy" });
    expect(pressed("C", { metaKey: true })).toEqual({ kind: "command", command: "copy" });
    const field = document.createElement("input");
    field.value = "some text";
    field.setSelectionRange(0, 4);
    expect(pressed("c", { ctrlKey: true, target: field })).toBeNull();
  });

  test("leave Enter on a button to the button", () => {
    expect(pressed("Enter")).toEqual({ kind: "command", command: "press" });
    expect(pressed("Enter", { target: document.createElement("button") })).toBeNull();
  });

  test("belong to an input method while it composes", () => {
    for (const key of ["Enter", "ArrowDown", "Escape"])
      expect(pressed(key, { isComposing: true }), key).toBeNull();
  });
});
