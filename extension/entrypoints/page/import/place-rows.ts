import type { ImportItem } from "../../../import/plan-import.ts";
import type { PlacedItem } from "../../../ui/window-rows.ts";
import { sideText } from "./import-text.ts";

/** Heights in CSS pixels, fixed, so that 5,000 rows are placed by arithmetic; import.css gives each part as much. */
const NAMES = 56;
const LINE = 24;
const SENTENCES = 40;
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
  if (item.kind === "refused") return names + SENTENCES + (item.correction === null ? 0 : ANSWER);
  return (
    names +
    (item.kind === "new" ? 0 : LINE) +
    (sideText(item).length > 0 ? LINE : 0) +
    (item.notices.length > 0 ? SENTENCES : 0) +
    (item.kind === "differs"
      ? names + ANSWER + (item.local.isShared || item.fields.includes("secret") ? LINE : 0)
      : 0)
  );
}
