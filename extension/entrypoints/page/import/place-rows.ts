import type { ImportItem } from "../../../import/plan-import.ts";
import type { PlacedItem } from "../../../ui/window-rows.ts";
import { sentencesOf, sideText } from "./import-text.ts";

/** Heights in CSS pixels, fixed, so that 5,000 rows are placed by arithmetic; import.css gives each part as much. */
const NAMES = 56;
const LINE = 24;
const SENTENCES = 40;
const SENTENCE_LINE = 16;
/** As many Latin letters as surely stand in a line of the narrowest page; a Chinese one takes the room of two. */
const NARROW_LETTERS = 38;
const MOST_LINES = 6;
const ANSWER = 48;
const NARROW_CODE = 32;

/** Places accounts one under another. @param isNarrow codes stand below the names */
export function placeRows(
  items: readonly ImportItem[],
  isNarrow: boolean,
): { placed: PlacedItem<never, ImportItem>[]; height: number } {
  let top = 0;
  const placed = items.map((row, index) => {
    const at = { item: { kind: "row" as const, row }, top, index };
    top += heightOf(row, isNarrow);
    return at;
  });
  return { placed, height: top };
}

/** The height of one row. */
export function heightOf(item: ImportItem, isNarrow: boolean): number {
  const names = NAMES + (isNarrow && item.kind !== "refused" ? NARROW_CODE : 0);
  const sentences = sentencesHeight(sentencesOf(item), isNarrow);
  if (item.kind === "refused") return names + sentences + (item.correction === null ? 0 : ANSWER);
  return (
    names +
    (item.kind === "new" ? 0 : LINE) +
    (sideText(item).length > 0 ? LINE : 0) +
    sentences +
    (item.kind === "differs"
      ? names + ANSWER + (item.local.isShared || item.fields.includes("secret") ? LINE : 0)
      : 0)
  );
}

/** Of what is said in whole sentences: two lines where there is room, on a narrow page as many as the words need. */
export function sentencesHeight(sentences: string, isNarrow: boolean): number {
  if (sentences === "") return 0;
  if (!isNarrow) return SENTENCES;
  const letters = [...sentences].reduce((sum, letter) => sum + (letter > "\u2e80" ? 2 : 1), 0);
  return Math.min(MOST_LINES, Math.ceil(letters / NARROW_LETTERS)) * SENTENCE_LINE + 8;
}
