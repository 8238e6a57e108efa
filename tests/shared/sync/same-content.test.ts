import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSameContent } from "../../../shared/sync/same-content.ts";
import { entries, entryWith, SECRETS, SPELLING } from "./edits.ts";

describe("two entries say the same", () => {
  test("in whatever order their keys were written", () => {
    fc.assert(
      fc.property(entries, (entry) => {
        const turned = Object.fromEntries(Object.entries(entry).reverse());
        expect(isSameContent(entry, { ...entry, ...turned })).toBe(true);
        expect(isSameContent(Object.assign(turned, { version: entry.version }) as typeof entry, entry)).toBe(
          true,
        );
      }),
    );
  });

  test("not if any field differs, one of a newer version included, or only one has it", () => {
    const base = entryWith({ folder: { name: "x" } });
    for (const other of [
      { ...base, secret: SECRETS[1] },
      { ...base, counter: 6 },
      { ...base, tags: ["work"] },
      { ...base, deletedAt: 0 },
      { ...base, folder: { name: "y" } },
      { ...base, colour: null },
      entryWith({}),
    ]) {
      expect(isSameContent(base, other)).toBe(false);
      expect(isSameContent(other, base)).toBe(false);
    }
  });

  test("if the secret is the same bytes, written with other bits left over", () => {
    expect(isSameContent(entryWith({}), entryWith({ secret: SPELLING }))).toBe(true);
  });
});
