import { type FieldElement, fieldValue } from "./field-element.ts";
import { clearValue, pressKey, settle, typeValue } from "./type-value.ts";

type Way = (boxes: readonly FieldElement[], code: string) => Promise<void>;

/**
 * Widgets of boxes listen in different ways, and none says which. The first way is what a person does; each next one is
 * tried only where the boxes hold something else afterwards.
 */
const WAYS: readonly Way[] = [digitByDigit, pasteIntoFirst, wholeCodeIntoFirst, trustedDigits, keyByKey];

/** Between two digits: a framework has to render before the next one reads its state (milliseconds). */
const BETWEEN_DIGITS_MS = 12;

/**
 * Puts each digit of a code into its box.
 *
 * @returns whether the boxes hold exactly the code at the end, or the page took it and moved on
 */
export async function fillBoxes(boxes: readonly FieldElement[], code: string): Promise<boolean> {
  for (const way of WAYS) {
    await way(boxes, code);
    const before = holds(boxes, code);
    await settle();
    // All gone at once: the page took the code and drew the next thing. Some gone: it drew the row anew.
    if (boxes.some((box) => !box.isConnected)) return before || boxes.every((box) => !box.isConnected);
    if (holds(boxes, code)) return true;
    // They had the whole code and were emptied: the page may have sent it off, and the same code twice is a wrong one.
    if (before && boxes.every((box) => fieldValue(box) === "")) return false;
    await clear(boxes);
  }
  return false;
}

/** Each box its digit, with the events of typing it. A widget that moves the focus by itself is not in the way. */
async function digitByDigit(boxes: readonly FieldElement[], code: string): Promise<void> {
  await clear(boxes);
  for (const [at, box] of boxes.entries()) {
    if (!box.isConnected) return;
    typeValue(box, code[at]!, "set");
    await betweenDigits(boxes, at);
    // It took the digit and spread or kept more than that: typing on would double it.
    if (box.isConnected && fieldValue(box).length > 1) return;
  }
}

/** Widgets that spread a pasted code read it from the event; nothing touches the clipboard. */
async function pasteIntoFirst(boxes: readonly FieldElement[], code: string): Promise<void> {
  const first = boxes[0]!;
  first.focus({ preventScroll: true });
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", code);
  first.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true }),
  );
}

/** Widgets that spread what arrives in the first box, as the browser's own code filling does it. */
async function wholeCodeIntoFirst(boxes: readonly FieldElement[], code: string): Promise<void> {
  typeValue(boxes[0]!, code, "set");
}

/** Widgets that look only at trusted input: the browser inserts each digit itself. */
async function trustedDigits(boxes: readonly FieldElement[], code: string): Promise<void> {
  for (const [at, box] of boxes.entries()) {
    if (!box.isConnected) return;
    typeValue(box, code[at]!, "command", boxes);
    await betweenDigits(boxes, at);
  }
}

/** Widgets that collect keys: each goes to where the widget has put the focus. */
async function keyByKey(boxes: readonly FieldElement[], code: string): Promise<void> {
  boxes[0]!.focus({ preventScroll: true });
  for (const digit of code) {
    if (!boxes[0]!.isConnected) return;
    pressKey(boxes[0]!.ownerDocument, digit);
    await settle(BETWEEN_DIGITS_MS);
  }
}

/** Not after the last one: what the boxes hold then has to be seen before the page can do anything about it. */
async function betweenDigits(boxes: readonly FieldElement[], at: number): Promise<void> {
  if (at < boxes.length - 1) await settle(BETWEEN_DIGITS_MS);
}

async function clear(boxes: readonly FieldElement[]): Promise<void> {
  for (const box of boxes) {
    if (!box.isConnected || fieldValue(box) === "") continue;
    clearValue(box);
    await settle(BETWEEN_DIGITS_MS);
  }
}

function holds(boxes: readonly FieldElement[], code: string): boolean {
  return boxes.every((box, at) => fieldValue(box) === code[at]);
}
