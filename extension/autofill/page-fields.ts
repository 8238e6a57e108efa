import { type FieldElement, isEditable, isInput } from "./field-element.ts";
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
  const fields = elements
    .filter((element) => isEditable(element) && visibilityOf(element) === "visible")
    .map((element) => ({ element, text: readFieldText(element, index), form: formOf(element) }));
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
