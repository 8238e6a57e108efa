import { fieldValue, focusedElement, isEditable, isInput, isTextField } from "./field-element.ts";
import { elementsOf, findOtpField, type OtpTarget } from "./find-otp-field.ts";
import { formOf } from "./surroundings.ts";
import { areTouched } from "./touched-fields.ts";
import { visibilityOf } from "./visibility.ts";

/**
 * Whether a code may go into this page without anybody having asked for it just now. "wait": there is a field, and it is
 * not its turn; "none": there is nothing a person would want filled by itself.
 */
export type ReadyField =
  | { readonly kind: "ready" | "wait"; readonly target: OtpTarget }
  | { readonly kind: "none" };

/**
 * Looks for a field that may be filled by itself: a sure one, alone (two codes that follow each other take a gesture),
 * empty, in a page that is looked at, while the person is at no other field, and not before the password of its form.
 * What the person has typed into, or emptied, is never one.
 *
 * Pure: changes nothing.
 */
export function readyField(document: Document): ReadyField {
  const { verdict, targets } = findOtpField(document);
  const [target] = targets;
  if (verdict !== "sure" || target === undefined || targets.length > 1) return { kind: "none" };
  if (areTouched(elementsOf(target))) return { kind: "none" };
  return { kind: isItsTurn(document, target) ? "ready" : "wait", target };
}

function isItsTurn(document: Document, target: OtpTarget): boolean {
  if (document.visibilityState !== "visible") return false;
  const elements = elementsOf(target);
  if (elements.some((element) => fieldValue(element) !== "")) return false;
  const focused = focusedElement(document);
  if (elements.some((element) => element === focused)) return true;
  // Filling takes the focus along: what somebody types at that moment would go into the code.
  if (focused !== null && (isTextField(focused) || /^(?:textarea|select)$/.test(focused.localName)))
    return false;
  return !awaitsPassword(target);
}

/** A form that asks for the password too: a code from before it was typed would be an old one by the time it is sent. */
function awaitsPassword(target: OtpTarget): boolean {
  const elements = elementsOf(target);
  const form = formOf(elements[0]!);
  const inputs = form === null ? [] : [...form.querySelectorAll("input")];
  return inputs.some(
    (input) =>
      isInput(input) &&
      input.type === "password" &&
      !elements.includes(input) &&
      input.value === "" &&
      isEditable(input) &&
      visibilityOf(input) === "visible",
  );
}
