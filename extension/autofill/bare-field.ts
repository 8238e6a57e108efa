import { findRows } from "./boxes.ts";
import { type Candidate, ownEvidence, readContext } from "./field-context.ts";
import {
  collectFields,
  elementsIn,
  type FieldElement,
  fieldValue,
  focusedElement,
  isEditable,
  isInput,
} from "./field-element.ts";
import { autocompleteTokens } from "./field-text.ts";
import { says } from "./field-words.ts";
import { forbiddenField } from "./forbidden-field.ts";
import { type PageField, readPage } from "./page-fields.ts";
import { PageIndex } from "./page-index.ts";
import { refuseField } from "./refuse-field.ts";
import { readSurroundings, regionOf } from "./surroundings.ts";
import { isShown } from "./visibility.ts";

/**
 * Why a code may go into a field that nothing is said of. "focus": the person is in it. "secret": what an authenticator
 * is set up with stands in its part of the page. "picture": a picture of the shape of a QR code stands there; what it
 * shows is not known, so this counts only for an entry that was kept just now.
 */
export type BareFieldSign = "focus" | "secret" | "picture";

export interface BareField {
  readonly element: FieldElement;
  readonly sign: BareFieldSign;
}

/** A page with more fields than this is no page of one question. */
const MOST_FIELDS = 12;

/**
 * Finds the field of a page that asks for a code without a word: a QR code, an empty field, a button. To be asked only
 * for a gesture of the person and after findOtpField was not sure; what is said against a field there, counts here too.
 *
 * Pure: reads the DOM of one frame, open shadow roots included, and changes nothing.
 *
 * @returns the field in focus before one beside a sign; null where none is so marked, or two are
 */
export function findBareField(document: Document): BareField | null {
  const index = new PageIndex();
  const page = readPage(document, collectFields(document), index);
  if (page.fields.length > MOST_FIELDS) return null;
  // Beside a password it is most often a user's name, in focus since the page opened.
  if (page.fields.some(({ element, text }) => forbiddenField(element, text) !== null)) return null;
  const inRow = new Set(findRows(page.fields.map(({ element }) => element)).flat());
  const focused = focusedElement(document);
  const found: BareField[] = [];
  for (const field of page.fields) {
    if (inRow.has(field.element) || !isBare(field)) continue;
    const candidate: Candidate = {
      kind: "field",
      fields: [field.element],
      text: field.text,
      form: field.form,
    };
    const others = new Set(page.fields.map(({ element }) => element));
    others.delete(field.element);
    const around = readSurroundings(candidate.fields, others, index);
    if (refuseField(candidate, page, around, readContext(candidate, page, around)) !== null) continue;
    if (field.element === focused) return { element: field.element, sign: "focus" };
    const region = regionOf(candidate.fields, others);
    const sign = region === null ? null : signIn(region, around.sentences);
    if (sign !== null) found.push({ element: field.element, sign });
  }
  const best = found.some(({ sign }) => sign === "secret") ? "secret" : "picture";
  const [only, ...more] = found.filter(({ sign }) => sign === best);
  return only === undefined || more.length > 0 ? null : only;
}

/** Empty or with a code in it, for text of any kind, and either without words or with some that may mean a code. */
function isBare({ element, text }: PageField): boolean {
  if (!isInput(element) || !["text", "tel", "number"].includes(element.type)) return false;
  // Digits are what was refused a moment ago.
  if (!/^(?:\d{5,10})?$/.test(fieldValue(element)) || element.hasAttribute("list")) return false;
  if (
    element.closest('search, [role="search"], [role="combobox"], [role="searchbox"], [role="spinbutton"]') !==
    null
  )
    return false;
  if (autocompleteTokens(element).some((token) => token !== "on" && token !== "off")) return false;
  if (says.identity(text.own)) return false;
  if (ownEvidence({ kind: "field", fields: [element], text, form: null }) !== null) return true;
  return !text.hasLabel && !saysAnything(text.names.words);
}

/** Names that every field could have: of its kind, of a toolkit, or counted and drawn by chance. */
const EMPTY_NAMES = new Set(
  "input field text textfield textbox value val form control element el id mui ant mat mdc radix ui base react root".split(
    " ",
  ),
);

function saysAnything(names: string): boolean {
  return names
    .split(" ")
    .some((name) => !/^[a-pr-z]?$/.test(name) && !/\d/.test(name) && !EMPTY_NAMES.has(name));
}

function signIn(region: Element, sentences: readonly string[]): "secret" | "picture" | null {
  if (sentences.some(isSecret)) return "secret";
  let hasPicture = false;
  for (const element of elementsIn(region)) {
    if (tellsSecret(element)) return "secret";
    hasPicture ||= isSquarePicture(element);
  }
  return hasPicture ? "picture" : null;
}

/** A link for authenticators, the words of a picture, or a box to copy from. */
function tellsSecret(element: Element): boolean {
  const said = ["href", "alt", "title", "src", "data-clipboard-text"].map((name) =>
    element.getAttribute(name),
  );
  if (said.some((text) => text !== null && /^otpauth:\/\//i.test(text.trim()))) return true;
  if (element.localName !== "textarea" && !(isInput(element) && !isEditable(element))) return false;
  return isSecret((element as HTMLInputElement).value);
}

const IN_ONE = /(?<![\p{L}\d+/=_.-])(?:[A-Z2-7]{16,}|[a-z2-7]{16,})(?![\p{L}\d+/_.-])/u;
const IN_FOURS =
  /(?<![\p{L}\d])(?:(?:[A-Z2-7]{4}[ -]){3,}[A-Z2-7]{4}|(?:[a-z2-7]{4}[ -]){3,}[a-z2-7]{4})(?![\p{L}\d])/u;

/** A secret in base32, in one or in groups of four, or an otpauth URI. Of sixteen letters hardly any has but one digit. */
function isSecret(text: string): boolean {
  if (/otpauth:\/\//i.test(text)) return true;
  return [IN_ONE, IN_FOURS].some((shape) => {
    const found = shape.exec(text)?.[0] ?? "";
    return /[a-z]/i.test(found) && (found.match(/[2-7]/g)?.length ?? 0) >= 2;
  });
}

/** CSS pixels; a QR code of an otpauth URI drawn smaller can't be scanned either. */
const SMALLEST_PICTURE = 80;

function isSquarePicture(element: Element): boolean {
  if (!/^(?:img|svg|canvas)$/.test(element.localName) || !isShown(element)) return false;
  const { width, height } = element.getBoundingClientRect();
  return (
    Math.min(width, height) >= SMALLEST_PICTURE && Math.abs(width - height) <= 0.1 * Math.max(width, height)
  );
}
