import fc from "fast-check";
import { expect, test } from "vitest";
import { beforeWhom, placeUnder, withMoved } from "../../../extension/ui/drop-place.ts";
import { ROW_HEIGHT } from "../../../extension/ui/window-rows.ts";
import { byOrder, moveBefore } from "../../../extension/vault/order-between.ts";

/** Dragging, as it is reckoned: the places the eye sees, and the one order of all entries that has to follow. */
type Row = { readonly id: string; readonly section: number; readonly order: number };

const vault = fc
  .array(fc.record({ section: fc.nat(2), order: fc.integer({ min: -3, max: 3 }) }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((rows) => rows.map((row, at): Row => ({ ...row, id: `entry-${at}` })));

const idsOf = (rows: readonly Row[]) => [...rows].sort(byOrder).map(({ id }) => id);
const sectionOf = (rows: readonly Row[], section: number) =>
  idsOf(rows.filter((row) => row.section === section));

test("any sequence of drags moves one row of one section each time, and loses none", () => {
  const drags = fc.array(fc.record({ row: fc.nat(), to: fc.nat() }), { maxLength: 20 });
  fc.assert(
    fc.property(vault, drags, (first, moves) => {
      let rows = first;
      for (const move of moves) {
        const row = rows[move.row % rows.length];
        if (!row) throw Error("there is one");
        const section = sectionOf(rows, row.section);
        const to = move.to % section.length;
        const before = beforeWhom(section, idsOf(rows), row.id, to);
        const orders = moveBefore(rows, row.id, before);
        const next = rows.map((each) => ({ ...each, order: orders.get(each.id) ?? each.order }));
        expect(sectionOf(next, row.section)).toEqual(withMoved(section, section.indexOf(row.id), to));
        for (const other of [0, 1, 2].filter((each) => each !== row.section))
          expect(sectionOf(next, other)).toEqual(sectionOf(rows, other));
        // Of all entries, those that were not in the hand keep their sequence as well.
        const rest = (of: readonly Row[]) => idsOf(of).filter((id) => id !== row.id);
        expect(rest(next)).toEqual(rest(rows));
        rows = next;
      }
      expect(idsOf(rows).sort()).toEqual(idsOf(first).sort());
    }),
  );
});

test("what was let go can be put back before the one that came behind it", () => {
  fc.assert(
    fc.property(vault, fc.nat(), fc.nat(), (rows, which, place) => {
      const row = rows[which % rows.length];
      if (!row) throw Error("there is one");
      const all = idsOf(rows);
      const behind = all[all.indexOf(row.id) + 1] ?? null;
      const section = sectionOf(rows, row.section);
      const apply = (to: readonly Row[], before: string | null) => {
        const orders = moveBefore(to, row.id, before);
        return to.map((each) => ({ ...each, order: orders.get(each.id) ?? each.order }));
      };
      const moved = apply(rows, beforeWhom(section, all, row.id, place % section.length));
      expect(idsOf(apply(moved, behind))).toEqual(all);
    }),
  );
});

test("a row takes the place of the one that it covers by more than half, and none outside its section", () => {
  expect(placeUnder(32, 32, 5)).toBe(0);
  expect(placeUnder(32 + ROW_HEIGHT * 0.49, 32, 5)).toBe(0);
  expect(placeUnder(32 + ROW_HEIGHT * 0.51, 32, 5)).toBe(1);
  expect(placeUnder(-1000, 32, 5)).toBe(0);
  expect(placeUnder(10_000, 32, 5)).toBe(4);
});
