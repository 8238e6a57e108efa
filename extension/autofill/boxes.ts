import { type FieldElement, isInput, parentOf } from "./field-element.ts";
import { autocompleteTokens, readFieldText } from "./field-text.ts";
import { says } from "./field-words.ts";

/** Codes have five (Steam) to ten digits (RFC 4226 allows no more): so have rows of boxes. */
export const FEWEST_BOXES = 5;
export const MOST_BOXES = 10;

/** A box for one digit is about as wide as high; the widest seen in design systems is 72 px. */
const WIDEST_BOX = 90;
/** Rows of boxes stand close together: common ancestors further up hold whole forms. */
const FARTHEST_ANCESTOR = 6;

const namesCode = [says.oneTime, says.factor, says.verification, says.code, says.pin];

/**
 * Finds rows of boxes of one digit each among the fields of a page.
 *
 * A row is a run of fields that are alike but for a number in their names and that take one character each, as their
 * maxlength, their size, their width or their words say. Runs of other lengths are returned too (a PIN of four), so
 * that none of their boxes is taken for a field by itself.
 *
 * @param fields editable fields in document order
 */
export function findRows(fields: readonly FieldElement[]): FieldElement[][] {
  const rows: FieldElement[][] = [];
  let row: FieldElement[] = [];
  let rowShape = "";
  for (const field of fields) {
    const shape = shapeOf(field);
    if (row.length > 0 && (shape !== rowShape || !standTogether(row[0]!, field))) {
      rows.push(row);
      row = [];
    }
    row.push(field);
    rowShape = shape;
  }
  if (row.length > 0) rows.push(row);
  return rows.filter((boxes) => boxes.length >= 3 && takeOneDigitEach(boxes));
}

/** Whether so many boxes can hold a code. */
export function isCodeLength(count: number): boolean {
  return count >= FEWEST_BOXES && count <= MOST_BOXES;
}

function shapeOf(field: FieldElement): string {
  const withoutNumbers = (name: string): string => (field.getAttribute(name) ?? "").replace(/\d+/g, "#");
  // Not the label: the first box of a row is often told apart for screen readers.
  const names = ["name", "id"].map(withoutNumbers).map(withoutOrdinal);
  return [field.localName, isInput(field) ? field.type : "editable", ...names].join("|");
}

/** "digitOne", "code-first" and React's generated ids (":r1a:") differ in every box without a number. */
function withoutOrdinal(name: string): string {
  return name
    .replace(/^[:«_]r[\da-z#]*[:»_]$/i, "#")
    .replace(
      /(?:first|second|third|fourth|fifth|sixth|seventh|eighth|one|two|three|four|five|six|seven|eight)/gi,
      "#",
    );
}

function takeOneDigitEach(boxes: readonly FieldElement[]): boolean {
  // The first box may take the whole code, so that it can be pasted (Vuetify); the others tell.
  const others = boxes.slice(1);
  if (others.every(takesOneCharacter)) return true;
  if (others.some((box) => isInput(box) && box.maxLength > 1))
    return isCodeLength(boxes.length) && others.every((box) => takesDigitOverDigit(box) && isNarrow(box));
  if (!boxes.every(isInput)) return others.every(isNarrow) && isCodeLength(boxes.length);
  if (others.every(isNarrow)) return true;
  return (
    isCodeLength(boxes.length) &&
    boxes.every((box) => {
      const text = readFieldText(box);
      return (
        autocompleteTokens(box).includes("one-time-code") ||
        namesCode.some((names) => names(text.own) || names(text.classes))
      );
    })
  );
}

function takesOneCharacter(field: FieldElement): boolean {
  if (!isInput(field)) return field.getAttribute("maxlength") === "1" || field.dataset.maxlength === "1";
  return field.maxLength === 1 || (field.maxLength === -1 && field.size === 1 && field.hasAttribute("size"));
}

/** Authing's boxes have room for a second digit, which takes the place of the first. Those of a MAC address take letters. */
function takesDigitOverDigit(field: FieldElement): boolean {
  if (!isInput(field) || field.maxLength !== 2) return false;
  return (
    field.type === "tel" ||
    field.type === "number" ||
    field.inputMode === "numeric" ||
    /^(?:\\d|\[0-9\])/.test(field.pattern)
  );
}

function isNarrow(field: FieldElement): boolean {
  const width = field.ownerDocument.defaultView === null ? 0 : field.getBoundingClientRect().width;
  if (width > 0) return width <= WIDEST_BOX;
  const declared = /(?:^|;)\s*width:\s*([\d.]+)(px|r?em|ch)/.exec(field.getAttribute("style") ?? "");
  if (declared === null) return false;
  return Number(declared[1]) * (declared[2] === "px" ? 1 : 16) <= WIDEST_BOX;
}

function standTogether(first: FieldElement, other: FieldElement): boolean {
  let at: Element | null = other;
  for (let steps = 0; at !== null && steps <= FARTHEST_ANCESTOR; steps += 1) {
    if (at.contains(first)) return true;
    // Widgets of web components keep one box in each shadow root.
    at = parentOf(at);
  }
  return at?.contains(first) ?? sharesHostParent(first, other);
}

function sharesHostParent(first: FieldElement, other: FieldElement): boolean {
  const hostOf = (field: FieldElement): Element | null => {
    const root = field.getRootNode();
    return "host" in root ? (root as ShadowRoot).host : null;
  };
  const [one, two] = [hostOf(first), hostOf(other)];
  return one !== null && two !== null && one.parentElement === two.parentElement;
}
