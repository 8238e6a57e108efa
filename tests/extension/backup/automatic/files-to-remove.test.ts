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
        const lastGone = Math.max(-1, ...[...gone].map((old) => verified.indexOf(old)));
        for (const young of kept) expect(verified.indexOf(young)).toBeGreaterThan(lastGone);
        const newest = verified.at(-1);
        if (newest?.leftOut === 0) expect(kept).toHaveLength(Math.min(verified.length, Math.max(1, wanted)));
        else expect(gone.size).toBe(0);
      }),
    );
  });

  it("none goes that was not verified, nor any for what a clock said that was put back", () => {
    fc.assert(
      fc.property(files, keep, (all, wanted) => {
        const gone = filesToRemove(all, wanted);
        expect(gone.every(({ isVerified }) => isVerified)).toBe(true);
        const late = all.map((each, at) => ({ ...each, at: -at }));
        expect(filesToRemove(late, wanted).map((each) => -each.at)).toEqual(
          gone.map((each) => all.indexOf(each)),
        );
      }),
    );
  });
});
