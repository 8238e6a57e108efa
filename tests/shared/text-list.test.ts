import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeTexts, revertTexts, withoutTexts, withTexts } from "../../shared/text-list.ts";

const texts = fc.uniqueArray(fc.constantFrom<string[]>("work", "home", "运维", "bank", "", "mail"));

describe("a list of texts", () => {
  test("keeps its order, and holds each text once", () => {
    expect(withTexts(["b", "a"], ["a", "c", "c"])).toEqual(["b", "a", "c"]);
    expect(withoutTexts(["b", "a", "c"], ["a", "x"])).toEqual(["b", "c"]);
  });

  test("takes a change that was made on an earlier state of it: what was added meanwhile stays, what was removed stays so", () => {
    expect(changeTexts(["b", "a"], ["b", "a"], ["a", "c", "b"])).toEqual(["a", "c", "b"]);
    expect(changeTexts(["b", "d"], ["a", "b", "c"], ["c", "e", "d", "a"])).toEqual(["d", "e"]);
  });

  test("is what it was before, order included, once its change is taken back", () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        expect(revertTexts(after, before, after)).toEqual(before);
      }),
    );
  });

  test("loses nothing that somebody else added meanwhile, and gets back nothing that somebody else took out", () => {
    fc.assert(
      fc.property(texts, texts, texts, (before, after, now) => {
        fc.pre(now.join("|") !== after.join("|"));
        const reverted = revertTexts(now, before, after);
        const added = withoutTexts(after, before);
        const removed = withoutTexts(before, after);
        for (const text of now) expect(reverted.includes(text)).toBe(!added.includes(text));
        for (const text of reverted) expect(now.includes(text) || removed.includes(text)).toBe(true);
        for (const text of removed) expect(reverted).toContain(text);
        expect(new Set(reverted).size).toBe(reverted.length);
      }),
    );
  });
});
