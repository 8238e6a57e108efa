import { describe, expect, test } from "vitest";
import type { Entry } from "../../../shared/otp/entry.ts";
import { mergeSides } from "../../../shared/sync/merge.ts";
import { entryWith } from "./edits.ts";

/** What alice's device, the one that merges, and the others made of one entry. */
function mergeEdits(mine: Partial<Entry>, theirs: Partial<Entry>, base: Partial<Entry> = {}) {
  const before = entryWith(base);
  return mergeSides(before, { ...before, ...mine }, { ...before, ...theirs });
}

describe("sites and tags", () => {
  test("take what each side added and lose what each side removed, in the sequence of theirs", () => {
    const { merged, conflict } = mergeEdits(
      { tags: ["d", "a", "c"], sites: [] },
      { tags: ["e", "c", "b"], sites: ["github.com", "*.example.com"] },
      { tags: ["a", "b", "c"], sites: ["github.com"] },
    );
    expect([merged.tags, merged.sites, conflict]).toEqual([["e", "c", "d"], ["*.example.com"], null]);
  });

  test("are all there where there is no common past", () => {
    const { merged } = mergeSides(null, entryWith({ tags: ["a", "b"] }), entryWith({ tags: ["b", "c"] }));
    expect(merged.tags).toEqual(["b", "c", "a"]);
  });
});

describe("fields of a newer version", () => {
  test("stay whichever side has them, and go where one side took them out", () => {
    const { merged, conflict } = mergeEdits({ folder: "cloud" }, { colour: ["red"] }, { version: 2, old: 1 });
    expect(merged).toEqual(entryWith({ version: 2, old: 1, folder: "cloud", colour: ["red"] }));
    expect(conflict).toBeNull();
    const base = entryWith({ old: 1 });
    expect(mergeSides(base, entryWith({}), { ...base, note: "n" }).merged).toEqual(entryWith({ note: "n" }));
  });

  test("that both changed differently leave a copy; the order of an object's keys is no difference", () => {
    expect(mergeEdits({ folder: { a: 1, b: 2 } }, { folder: { b: 2, a: 1 } }).conflict).toBeNull();
    const { merged, conflict } = mergeEdits({ folder: { a: 1 } }, { folder: { a: 2 } });
    expect([merged.folder, conflict?.folder]).toEqual([{ a: 2 }, { a: 1 }]);
  });

  test("that both have without a common past leave no copy where they say the same", () => {
    expect(mergeSides(null, entryWith({ folder: "x" }), entryWith({ version: 2 })).merged).toEqual(
      entryWith({ version: 2, folder: "x" }),
    );
  });
});
