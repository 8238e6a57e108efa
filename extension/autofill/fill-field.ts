import { type FieldElement, fieldValue, isInput } from "./field-element.ts";
import { fillBoxes } from "./fill-boxes.ts";
import type { OtpTarget } from "./find-otp-field.ts";
import { settle, typeValue } from "./type-value.ts";

/**
 * "filled": the code stands there, or the page took it and moved on. "did-not-stick": the page put something else in its
 * place, or kept the field empty. "does-not-fit": the field takes fewer or other characters than the code has.
 */
export type FillResult = "filled" | "did-not-stick" | "does-not-fit";

/**
 * Puts a code into a field or a row of boxes and looks whether it stayed.
 *
 * Replaces what stood there, submits nothing (no Enter, no form.submit), leaves the focus where the next key press
 * belongs, and leaves nothing else behind.
 */
export async function fillField(target: OtpTarget, code: string): Promise<FillResult> {
  if (target.kind === "boxes") {
    if (target.elements.length !== code.length) return "does-not-fit";
    return (await fillBoxes(target.elements, code)) ? "filled" : "did-not-stick";
  }
  const { element } = target;
  if (!fits(element, code)) return "does-not-fit";
  for (const way of ["set", "command"] as const) {
    typeValue(element, code, way);
    const before = holds(element, code);
    await settle();
    // A page that takes the code by itself draws something else: what it took was right.
    if (!element.isConnected) return before ? "filled" : "did-not-stick";
    if (holds(element, code)) return "filled";
    // It had the whole code and emptied the field: it may have sent it off, and the same code twice is a wrong one.
    if (before && fieldValue(element) === "") return "did-not-stick";
  }
  return "did-not-stick";
}

function fits(element: FieldElement, code: string): boolean {
  if (!isInput(element)) return true;
  if (element.maxLength >= 0 && element.maxLength < code.length) return false;
  return element.type !== "number" || /^\d+$/.test(code);
}

/** Pages group digits as they are typed ("123 456"): blanks and dashes do not count. */
function holds(element: FieldElement, code: string): boolean {
  return fieldValue(element).replace(/[\s-]/g, "") === code;
}
