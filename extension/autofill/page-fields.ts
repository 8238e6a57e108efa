import { elementsIn, type FieldElement, isEditable, isInput, parentOf } from "./field-element.ts";
import { autocompleteTokens, type FieldText, readFieldText } from "./field-text.ts";
import { says } from "./field-words.ts";
import { pageText } from "./match-words.ts";
import type { PageIndex } from "./page-index.ts";
import { formOf } from "./surroundings.ts";
import { isShown, visibilityOf } from "./visibility.ts";

/** A field a person could type into now, with what the page calls it. */
export interface PageField {
  readonly element: FieldElement;
  readonly text: FieldText;
  readonly form: Element | null;
}

/** What is known of the whole page before any field is judged. */
export interface PageFacts {
  readonly fields: readonly PageField[];
  readonly passwords: readonly PageField[];
  readonly phones: readonly PageField[];
  readonly emails: readonly PageField[];
  /** Title, large headings and path name a second factor or an authenticator. */
  readonly isAboutSecondFactor: boolean;
}

/** Reads every field a person sees and sorts out those that say something about the others. */
export function readPage(document: Document, elements: readonly FieldElement[], index: PageIndex): PageFacts {
  const seen = elements.filter((element) => isEditable(element) && visibilityOf(element) === "visible");
  const fields = withinModals(document, seen).map((element) => ({
    element,
    text: readFieldText(element, index),
    form: formOf(element),
  }));
  const typed = (type: string): PageField[] =>
    fields.filter(({ element }) => isInput(element) && element.type === type);
  return {
    fields,
    passwords: typed("password").filter(({ text }) => !says.oneTime(text.own) && !says.factor(text.own)),
    phones: fields.filter(
      (field) => isContact(field, "tel") || (says.phone(field.text.own) && asksForContact(field)),
    ),
    emails: fields.filter(
      (field) =>
        isContact(field, "email") ||
        (isInput(field.element) && field.element.type === "email") ||
        (says.email(field.text.own) && asksForContact(field)),
    ),
    isAboutSecondFactor: isAboutSecondFactor(document),
  };
}

/**
 * What stands behind a modal dialog can't be typed into, and says nothing of a field in it: a page of settings has a
 * password to change there. A dialog without a field, about cookies, is put away soon and changes nothing.
 */
function withinModals(document: Document, fields: readonly FieldElement[]): readonly FieldElement[] {
  if (fields.length < 2) return fields;
  const modals = new Set([...elementsIn(document)].filter((element) => element.matches("dialog:modal")));
  if (modals.size === 0) return fields;
  const within = fields.filter((field) => {
    for (let at: Element | null = field; at !== null; at = drawnIn(at)) if (modals.has(at)) return true;
    return false;
  });
  return within.length === 0 ? fields : within;
}

/** The element that draws another one, through slots and shadow roots. */
function drawnIn(element: Element): Element | null {
  return element.assignedSlot ?? parentOf(element);
}

/** "phoneCode" and "E-mail code" are codes, not addresses. */
function asksForContact(field: PageField): boolean {
  return (
    isInput(field.element) &&
    field.element.type !== "password" &&
    !CODE.test(field.text.own.words) &&
    !ZH_CODE.test(field.text.own.compact)
  );
}
const CODE = / (?:code|otp|token|verification|kod|kodu|codigo|codice|код) /u;
const ZH_CODE = /码|碼|コード|인증번호/u;

function isContact(field: PageField, token: string): boolean {
  return autocompleteTokens(field.element).some((one) => one === token || one.startsWith(`${token}-`));
}

function isAboutSecondFactor(document: Document): boolean {
  const headings = [...document.querySelectorAll('h1, h2, [role="heading"]')].slice(0, 10).filter(isShown);
  const path = document.defaultView?.location.pathname ?? "";
  const text = pageText(
    document.title,
    path === "srcdoc" || path === "blank" ? "" : path,
    ...headings.map((heading) => heading.textContent?.slice(0, 200)),
  );
  return says.factor(text) || says.app(text);
}
