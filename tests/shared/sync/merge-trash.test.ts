import { describe, expect, test } from "vitest";
import type { Entry } from "../../../shared/otp/entry.ts";
import { mergeSides } from "../../../shared/sync/merge.ts";
import { entryWith } from "./edits.ts";

type Edit = Partial<Entry>;

const NOTHING: Edit = {};
const edit: Edit = { note: "needed" };
const use: Edit = { counter: 6 };
const deleted = (at: number): Edit => ({ deletedAt: at });
const restored: Edit = { deletedAt: null };

/** At the base, what one side did, what the other did, where that leaves the entry. */
const TABLE: readonly (readonly [Edit | null, Edit, Edit, number | null])[] = [
  [NOTHING, deleted(9), NOTHING, 9],
  [NOTHING, { ...deleted(9), ...edit }, NOTHING, 9],
  [NOTHING, deleted(9), edit, null],
  [NOTHING, deleted(9), use, null],
  [NOTHING, { ...deleted(9), account: "bob" }, edit, null],
  [NOTHING, deleted(9), deleted(8), 8],
  [NOTHING, { ...deleted(9), ...edit }, deleted(8), 8],
  [deleted(5), restored, NOTHING, null],
  [deleted(5), restored, edit, null],
  [deleted(5), restored, restored, null],
  [deleted(5), restored, deleted(9), null],
  [deleted(5), { ...restored, ...edit }, deleted(9), null],
  [deleted(5), deleted(9), NOTHING, 9],
  [deleted(5), deleted(9), edit, 9],
  [deleted(5), deleted(9), deleted(8), 8],
  [deleted(5), NOTHING, edit, 5],
  [null, deleted(9), NOTHING, null],
  [null, deleted(9), deleted(8), 8],
];

describe("the trash", () => {
  test.each(TABLE)(
    "at the base %o, on one side %o, on the other %o: deleted at %o, whichever side is this one",
    (atBase, one, other, deletedAt) => {
      const before = entryWith(atBase ?? {});
      const base = atBase === null ? null : before;
      const [here, there] = [
        { ...before, ...one },
        { ...before, ...other },
      ];
      for (const { merged, conflict } of [mergeSides(base, here, there), mergeSides(base, there, here)]) {
        expect(merged).toEqual({ ...before, ...one, ...other, deletedAt });
        expect(conflict).toBeNull();
      }
    },
  );

  test("keeps no edit from being seen: what was edited and deleted here goes on, edited, when the others edited it", () => {
    const base = entryWith({});
    const mine = entryWith({ account: "bob", deletedAt: 9 });
    const { merged, conflict } = mergeSides(base, mine, entryWith({ account: "eve" }));
    expect(merged).toEqual(entryWith({ account: "eve" }));
    expect(conflict).toEqual(mine);
  });
});
