import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filesToRemove } from "../../../../extension/backup/automatic/files-to-remove.ts";

const file = fc.record({
  at: fc.integer({ min: 0, max: 1000 }),
  isVerified: fc.boolean(),
  leftOut: fc.constantFrom(0, 0, 0, 2),
});
const files = fc.array(file, { maxLength: 40 });
const keep = fc.integer({ min: -1, max: 20 });

describe("of the files in one place", () => {
  it("as many stay as were asked for, the newest, and never fewer than one", () => {
    fc.assert(
      fc.property(files, keep, (all, wanted) => {
        const gone = new Set(filesToRemove(all, wanted));
        const verified = all.filter(({ isVerified }) => isVerified);
        const kept = verified.filter((each) => !gone.has(each));
        expect(gone.size).toBe(verified.length - kept.length);
        if (verified.length > 0) expect(kept.length).toBeGreaterThan(0);
        for (const old of gone) for (const young of kept) expect(old.at).toBeLessThanOrEqual(young.at);
        const newest = verified.toSorted((a, b) => b.at - a.at)[0];
        if (newest?.leftOut === 0) expect(kept).toHaveLength(Math.min(verified.length, Math.max(1, wanted)));
        else expect(gone.size).toBe(0);
      }),
    );
  });

  it("none goes that was not verified, in whatever order they come", () => {
    fc.assert(
      fc.property(files, keep, fc.infiniteStream(fc.nat()), (all, wanted, chance) => {
        const gone = filesToRemove(all, wanted);
        expect(gone.every(({ isVerified }) => isVerified)).toBe(true);
        const times = (some: readonly { at: number }[]) => some.map(({ at }) => at).toSorted((a, b) => a - b);
        const distinct = new Set(all.map(({ at }) => at)).size === all.length;
        const shuffled = all
          .map((each) => [chance.next().value, each] as const)
          .toSorted(([a], [b]) => a - b)
          .map(([, each]) => each);
        if (distinct) expect(times(filesToRemove(shuffled, wanted))).toEqual(times(gone));
      }),
    );
  });
});
