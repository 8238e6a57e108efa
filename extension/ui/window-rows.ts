import type { ListRow, Section, SectionKind } from "./list-sections.ts";

/** Row heights of the list in CSS pixels: fixed, so that 5,000 rows are placed by arithmetic and nothing jumps. */
export const ROW_HEIGHT = 56;
export const HEADER_HEIGHT = 32;

export type ListItem<Header, Row> =
  | { readonly kind: "header"; readonly header: Header }
  | { readonly kind: "row"; readonly row: Row };

export interface PlacedItem<Header, Row> {
  readonly item: ListItem<Header, Row>;
  /** Distance from the top of the list in CSS pixels. */
  readonly top: number;
  readonly index: number;
}

/** Places headers and rows one under another. */
export function placeItems<Header, Row>(
  items: readonly ListItem<Header, Row>[],
): { placed: PlacedItem<Header, Row>[]; height: number } {
  let top = 0;
  const placed = items.map((item, index) => {
    const at = { item, top, index };
    top += item.kind === "header" ? HEADER_HEIGHT : ROW_HEIGHT;
    return at;
  });
  return { placed, height: top };
}

/** Places the rows of sections under the header of each; what a search found has none. */
export function placeSections<Row extends ListRow>(
  sections: readonly Section<Row>[],
): { placed: PlacedItem<SectionKind, Row>[]; height: number; rows: Row[] } {
  const items = sections.flatMap((section): ListItem<SectionKind, Row>[] => [
    ...(section.kind === "results" ? [] : [{ kind: "header" as const, header: section.kind }]),
    ...section.rows.map((row) => ({ kind: "row" as const, row })),
  ]);
  return { ...placeItems(items), rows: sections.flatMap((section) => section.rows) };
}

/** How far beside the view items are drawn as well, so that scrolling meets what is there already. */
const MARGIN = 2 * ROW_HEIGHT;

/** The placed items that a view from `scrollTop`, `viewHeight` high, shows, and those within `margin` beside them. */
export function itemsInView<Header, Row>(
  placed: readonly PlacedItem<Header, Row>[],
  scrollTop: number,
  viewHeight: number,
  margin: number = MARGIN,
): PlacedItem<Header, Row>[] {
  const first = firstBelow(placed, scrollTop - margin - ROW_HEIGHT);
  const last = firstBelow(placed, scrollTop + viewHeight + margin);
  return placed.slice(first, last);
}

/** The index of the first item whose top lies below `y`, by bisection. */
function firstBelow(placed: readonly PlacedItem<unknown, unknown>[], y: number): number {
  let low = 0;
  let high = placed.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((placed[middle]?.top ?? 0) > y) high = middle;
    else low = middle + 1;
  }
  return low;
}
