import fc from "fast-check";
import { expect, test } from "vitest";
import {
  HEADER_HEIGHT,
  itemsInView,
  type ListItem,
  placeItems,
  ROW_HEIGHT,
} from "../../../extension/ui/window-rows.ts";

const anyItems = fc
  .array(fc.boolean(), { maxLength: 300 })
  .map((kinds) =>
    kinds.map(
      (isHeader, at): ListItem<number, number> =>
        isHeader ? { kind: "header", header: at } : { kind: "row", row: at },
    ),
  );
const heightOf = (item: ListItem<number, number>) => (item.kind === "header" ? HEADER_HEIGHT : ROW_HEIGHT);

test("items stand under each other without a gap, and the whole is as high as they are together", () => {
  fc.assert(
    fc.property(anyItems, (items) => {
      const { placed, height } = placeItems(items);
      let top = 0;
      for (const [at, each] of placed.entries()) {
        expect(each).toEqual({ item: items[at], top, index: at });
        top += heightOf(each.item);
      }
      expect(height).toBe(top);
    }),
  );
});

test("everything that can be seen is drawn, and little beside it", () => {
  fc.assert(
    fc.property(
      anyItems,
      fc.nat(20_000),
      fc.integer({ min: 1, max: 1_000 }),
      (items, scrollTop, viewHeight) => {
        const { placed } = placeItems(items);
        const drawn = itemsInView(placed, scrollTop, viewHeight);
        const seen = placed.filter(
          ({ item, top }) => top + heightOf(item) > scrollTop && top < scrollTop + viewHeight,
        );
        for (const each of seen) expect(drawn).toContain(each);
        const most = Math.ceil(viewHeight / HEADER_HEIGHT) + Math.ceil((5 * ROW_HEIGHT) / HEADER_HEIGHT) + 2;
        expect(drawn.length).toBeLessThanOrEqual(most);
      },
    ),
  );
});

test("without a margin everything that can be seen is drawn all the same, and hardly more", () => {
  fc.assert(
    fc.property(
      anyItems,
      fc.nat(20_000),
      fc.integer({ min: 1, max: 1_000 }),
      (items, scrollTop, viewHeight) => {
        const { placed } = placeItems(items);
        const drawn = itemsInView(placed, scrollTop, viewHeight, 0);
        const seen = placed.filter(
          ({ item, top }) => top + heightOf(item) > scrollTop && top < scrollTop + viewHeight,
        );
        for (const each of seen) expect(drawn).toContain(each);
        expect(drawn.length).toBeLessThanOrEqual(seen.length + 3);
      },
    ),
  );
});

test("what is drawn follows on each other, so that screen readers meet the rows in their order", () => {
  fc.assert(
    fc.property(anyItems, fc.nat(20_000), (items, scrollTop) => {
      const drawn = itemsInView(placeItems(items).placed, scrollTop, 476);
      const first = drawn[0]?.index ?? 0;
      expect(drawn.map(({ index }) => index)).toEqual(drawn.map((_, at) => first + at));
    }),
  );
});
