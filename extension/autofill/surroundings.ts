import { collectFields, type FieldElement, isInput, isTextField, parentOf } from "./field-element.ts";
import type { PageIndex } from "./page-index.ts";
import { isShown } from "./visibility.ts";

/** What a button or link says, and whether it sends the form off. */
export interface ButtonWords {
  readonly text: string;
  readonly submits: boolean;
  readonly isLink: boolean;
}

/** What stands around a field, as a person sees it. */
export interface Surroundings {
  /** Sentences in the part of the page that belongs to this field alone, without buttons and links. */
  readonly sentences: readonly string[];
  /** The heading above the field, or of its form or dialog. */
  readonly heading: string;
  /** Words of the buttons and links in that part, and of its form. */
  readonly buttons: readonly ButtonWords[];
  /** Names and classes of the elements that hold the field, of its form, and where the form goes. */
  readonly wrapperNames: string;
  readonly formNames: string;
  /** Pictures beside the field. */
  readonly pictures: readonly Element[];
}

const MOST_STEPS = 14;
const MOST_NODES = 3_000;
const MOST_TEXT = 3_000;
const BUTTONS =
  'button, a, input[type="submit"], input[type="button"], input[type="image"], [role="button"], summary';
const UNREAD = new Set([
  "script",
  "style",
  "noscript",
  "template",
  "select",
  "option",
  "textarea",
  "svg",
  "title",
]);

/**
 * Reads what stands around a field or a row of boxes.
 *
 * @param fields the field, or the boxes of one row
 * @param others every other visible field of the page: the part that holds one of them belongs to somebody else
 */
export function readSurroundings(
  fields: readonly FieldElement[],
  others: ReadonlySet<FieldElement>,
  index: PageIndex,
): Surroundings {
  const region = regionOf(fields, others);
  const form = formOf(fields[0]!);
  const words =
    region === null ? { sentences: [] as string[], buttons: [] as ButtonWords[] } : readWords(region);
  const formButtons = form === null || form === region ? [] : buttonWords(form);
  return {
    sentences: words.sentences,
    heading: headingOf(fields[0]!, region, index),
    buttons: [...words.buttons, ...formButtons],
    wrapperNames: wrapperNames(fields[0]!, region),
    formNames: form === null ? "" : namesOf(form),
    pictures: picturesBeside(fields[0]!, others),
  };
}

/** The form of a field; a page without forms has its dialog or its body instead. */
export function formOf(field: FieldElement): Element | null {
  if (isInput(field) && field.form !== null) return field.form;
  for (let at: Element | null = field; at !== null; at = parentOf(at)) {
    if (at.localName === "form") return at;
  }
  return null;
}

/** The largest element around the fields that holds no other field; null where even the next one does. */
export function regionOf(fields: readonly FieldElement[], others: ReadonlySet<FieldElement>): Element | null {
  let region: Element | null = null;
  let at = parentOf(fields[0]!);
  for (let steps = 0; at !== null && steps < MOST_STEPS + fields.length; steps += 1) {
    const holder = at;
    if (holdsAny(holder, others)) break;
    region = at;
    at = parentOf(at);
  }
  return region;
}

/** Whether an element holds any of the fields, those inside open shadow roots included. */
function holdsAny(holder: Element, fields: ReadonlySet<FieldElement>): boolean {
  for (const field of holder.querySelectorAll<HTMLElement>("input, [contenteditable]")) {
    if (fields.has(field)) return true;
  }
  return collectFields(holder).some((field) => fields.has(field));
}

function readWords(region: Element): { sentences: string[]; buttons: ButtonWords[] } {
  const sentences: string[] = [];
  const buttons: ButtonWords[] = [];
  let nodes = 0;
  let length = 0;
  let line = "";
  const endLine = (): void => {
    if (line.trim() !== "") sentences.push(...splitSentences(line));
    line = "";
  };
  const visit = (element: Element): void => {
    for (const node of element.shadowRoot?.childNodes ?? []) visitNode(node);
    for (const node of element.childNodes) visitNode(node);
  };
  const visitNode = (node: Node): void => {
    nodes += 1;
    if (nodes > MOST_NODES || length > MOST_TEXT) return;
    if (node.nodeType === 3) {
      const text = node.textContent ?? "";
      line += text;
      length += text.trim().length;
      return;
    }
    if (node.nodeType !== 1) return;
    const element = node as Element;
    if (UNREAD.has(element.localName) || !isShown(element)) return;
    if (element.matches(BUTTONS)) {
      buttons.push(readButton(element));
      return;
    }
    const inline = /^(?:b|strong|i|em|span|u|small|code|mark|font|label|abbr|kbd|wbr)$/.test(
      element.localName,
    );
    if (!inline) endLine();
    visit(element);
    if (!inline) endLine();
  };
  visit(region);
  endLine();
  return { sentences, buttons };
}

function splitSentences(line: string): string[] {
  return line
    .split(/(?<=[.!?。！？])\s*/u)
    .map((sentence) => sentence.trim())
    .filter(Boolean);
}

function buttonWords(form: Element): ButtonWords[] {
  return [...form.querySelectorAll(BUTTONS)].slice(0, 40).filter(isShown).map(readButton);
}

function readButton(button: Element): ButtonWords {
  const type = button.getAttribute("type");
  const submits =
    type === "submit" || (button.localName === "button" && type === null && button.closest("form") !== null);
  const label = button.getAttribute("aria-label") ?? button.getAttribute("title") ?? "";
  const value = isInput(button) ? button.value : (button.textContent ?? "");
  return {
    text: (value.trim() === "" ? label : value).trim().slice(0, 80),
    submits,
    isLink: button.localName === "a",
  };
}

/** Climbs from the field to the first element that holds a heading standing before it. */
function headingOf(field: FieldElement, region: Element | null, index: PageIndex): string {
  let at: Element | null = region ?? parentOf(field);
  for (let steps = 0; at !== null && steps < MOST_STEPS; steps += 1) {
    const holder = at;
    const before = index
      .headingsAround(holder)
      .filter(
        (heading) =>
          holder.contains(heading) &&
          (heading.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 &&
          !heading.contains(field),
      );
    const last = before.slice(-6).filter(isShown).slice(-3);
    if (last.length > 0) return last.map((heading) => (heading.textContent ?? "").slice(0, 150)).join(". ");
    at = parentOf(at);
  }
  return "";
}

const WRAPPERS = 3;

function wrapperNames(field: FieldElement, region: Element | null): string {
  const names: string[] = [];
  let at = parentOf(field);
  for (let steps = 0; at !== null && region !== null && steps < WRAPPERS; steps += 1) {
    names.push(namesOf(at));
    if (at === region) break;
    at = parentOf(at);
  }
  return names.join(" | ");
}

function namesOf(element: Element): string {
  return ["id", "name", "class", "action", "aria-label", "data-se", "data-testid"]
    .map((name) => element.getAttribute(name)?.slice(0, 200) ?? "")
    .join(" | ");
}

/** Pictures in the row of the field: at most two elements up, and no further than where another field begins. */
function picturesBeside(field: FieldElement, others: ReadonlySet<FieldElement>): Element[] {
  let pictures: Element[] = [];
  let at = parentOf(field);
  for (let steps = 0; at !== null && steps < 4; steps += 1) {
    const holder = at;
    if (holdsAny(holder, others) || isWholePage(holder)) break;
    pictures = [...holder.querySelectorAll("img, canvas, svg")];
    if (pictures.length > 0 || [...holder.querySelectorAll("input")].filter(isTextField).length > 1) break;
    at = parentOf(at);
  }
  return pictures.slice(0, 10);
}

function isWholePage(element: Element): boolean {
  return /^(?:body|main|form|html|dialog|section|article)$/.test(element.localName);
}
