import { type FieldElement, focusedElement, isInput } from "./field-element.ts";

/** How long a page gets to take or refuse what was typed: frameworks render within a frame or two (milliseconds). */
const SETTLE_MS = 60;

/** Waits until the page has answered to what was typed. Timers, not animation frames: those stop in a covered tab. */
export function settle(ms: number = SETTLE_MS): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/**
 * Types a value as one edit, in place of what stands in the field.
 *
 * "set" goes through the prototype's own setter, past the one that React puts on the element to notice values its
 * state does not know; "command" asks the browser to insert the text, which makes the trusted events of real typing.
 *
 * @param row the boxes that the field is one of, between which its page may move the focus
 */
export function typeValue(
  field: FieldElement,
  value: string,
  way: "set" | "command",
  row: readonly Element[] = [field],
): void {
  field.focus({ preventScroll: true });
  if (way === "command") {
    selectAll(field);
    // The text goes to whatever has the focus, and a page may have moved it on, to its password field for one.
    const focused = focusedElement(field.ownerDocument);
    if (focused === null || !row.includes(focused)) return;
    field.ownerDocument.execCommand("insertText", false, value);
  } else {
    setValue(field, value);
    send(
      field,
      new InputEvent("input", { data: value, inputType: "insertText", bubbles: true, composed: true }),
    );
    // Older pages enable their button, or move on to the next box, when a key goes up. No keydown: a widget that
    // collects keys would have the digit twice.
    send(field, new KeyboardEvent("keyup", { key: "Unidentified", bubbles: true, composed: true }));
  }
  send(field, new Event("change", { bubbles: true }));
}

/** Presses a key where the focus is, for widgets that collect keys and look at nothing else. */
export function pressKey(document: Document, key: string): void {
  const focused = focusedElement(document) ?? document.body;
  for (const type of ["keydown", "keypress", "keyup"]) {
    focused.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, cancelable: true, composed: true }));
  }
}

/** Empties a field as the delete key would. */
export function clearValue(field: FieldElement): void {
  setValue(field, "");
  send(field, new InputEvent("input", { inputType: "deleteContentBackward", bubbles: true, composed: true }));
}

function send(field: FieldElement, event: Event): void {
  field.dispatchEvent(event);
}

function setValue(field: FieldElement, value: string): void {
  if (!isInput(field)) {
    field.textContent = value;
    return;
  }
  const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  setter?.call(field, value);
}

function selectAll(field: FieldElement): void {
  if (isInput(field)) field.select();
  else field.ownerDocument.getSelection()?.selectAllChildren(field);
}
