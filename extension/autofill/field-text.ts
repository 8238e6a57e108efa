import type { FieldElement } from "./field-element.ts";
import { type PageText, pageText } from "./match-words.ts";
import { PageIndex } from "./page-index.ts";

/** What a page says about one field, by who reads it: names are the programmer's, labels the person's. */
export interface FieldText {
  readonly names: PageText;
  readonly labels: PageText;
  readonly own: PageText;
  readonly classes: PageText;
  readonly hasLabel: boolean;
}

const NAME_ATTRIBUTES = [
  "id",
  "name",
  "formcontrolname",
  "ng-model",
  "ng-reflect-name",
  "v-model",
  "x-model",
  "wire:model",
  "wire:model.defer",
  "data-name",
  "data-field",
  "data-id",
  "data-testid",
  "data-test-id",
  "data-test",
  "data-qa",
  "data-cy",
  "data-se",
];
const LONGEST_NAME = 120;
const LONGEST_LABEL = 300;

/** Reads the attributes and labels of a field. @param index shared by the fields that are read at the same moment */
export function readFieldText(field: FieldElement, index: PageIndex = new PageIndex()): FieldText {
  const names = NAME_ATTRIBUTES.map((name) => field.getAttribute(name)?.slice(0, LONGEST_NAME) ?? null);
  const said = [
    ...labelTexts(field, index),
    field.getAttribute("placeholder"),
    field.getAttribute("aria-label"),
    field.getAttribute("data-placeholder"),
    field.getAttribute("title"),
  ].filter((text) => text !== null && text.trim() !== "");
  return {
    names: pageText(...names),
    labels: pageText(...said),
    own: pageText(...names, ...said),
    classes: pageText(field.getAttribute("class")?.slice(0, LONGEST_LABEL)),
    hasLabel: said.some((text) => /\p{L}/u.test(text ?? "")),
  };
}

/** The detail tokens of autocomplete (HTML "autofill detail tokens"), lower case. */
export function autocompleteTokens(field: FieldElement): readonly string[] {
  return (field.getAttribute("autocomplete") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
}

function labelTexts(field: FieldElement, index: PageIndex): (string | null)[] {
  const texts = index.labelsFor(field).map(textWithoutFields);
  const root = field.getRootNode();
  const byId = (id: string): Element | null =>
    "getElementById" in root ? (root as Document | ShadowRoot).getElementById(id) : null;
  for (const attribute of ["aria-labelledby", "aria-describedby"]) {
    for (const id of (field.getAttribute(attribute) ?? "").split(/\s+/).filter(Boolean)) {
      const element = byId(id);
      if (element !== null && element !== field) texts.push(textWithoutFields(element));
    }
  }
  // Many frameworks write <label>Code</label><input> without tying them together.
  if (texts.length === 0) {
    const before = field.previousElementSibling;
    if (before?.localName === "label" && !before.hasAttribute("for")) texts.push(textWithoutFields(before));
    const after = field.nextElementSibling;
    if (after?.localName === "label" && !after.hasAttribute("for")) texts.push(textWithoutFields(after));
  }
  return texts;
}

function textWithoutFields(element: Element): string {
  if (element.querySelector("select, option, script, style") === null) {
    return `${element.textContent ?? ""}${slottedText(element)}`.slice(0, LONGEST_LABEL);
  }
  // A label may wrap a list of two hundred countries: only its own words count.
  return [...element.childNodes]
    .filter((node) => node.nodeType === 3)
    .map((node) => node.textContent ?? "")
    .join(" ")
    .slice(0, LONGEST_LABEL);
}

/** Words that stand in another tree and are drawn here: inputs of web components take their labels so. */
function slottedText(element: Element): string {
  return [...element.querySelectorAll("slot")]
    .flatMap((slot) => slot.assignedNodes({ flatten: true }))
    .map((node) => ` ${node.textContent ?? ""}`)
    .join("");
}
