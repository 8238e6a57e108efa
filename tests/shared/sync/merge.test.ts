import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Entry, parseEntry } from "../../../shared/otp/entry.ts";
import { compareEntries } from "../../../shared/otp/same-entry.ts";
import { mergeSides } from "../../../shared/sync/merge.ts";
import { isSameContent } from "../../../shared/sync/same-content.ts";
import { edited, edits, entries, entryWith, histories, SECRETS, SPELLING } from "./edits.ts";

const RUNS = { numRuns: 1_000 };
const CODE = ["type", "secret", "algorithm", "digits", "period", "pin"];

/** What alice's device, the one that merges, and the others made of one entry. */
function mergeEdits(mine: Partial<Entry>, theirs: Partial<Entry>, base: Partial<Entry> = {}) {
  const before = entryWith(base);
  return mergeSides(before, { ...before, ...mine }, { ...before, ...theirs });
}

const isSameCode = (a: Entry, b: Entry) => !compareEntries(a, b).some((field) => CODE.includes(`${field}`));

describe("what one side changed alone", () => {
  test("is what it is, to the last character, whichever side that was", () => {
    fc.assert(
      fc.property(entries, entries, (base, next) => {
        expect(mergeSides(base, next, base)).toEqual({ merged: next, conflict: null });
        expect(mergeSides(base, base, next)).toEqual({ merged: next, conflict: null });
      }),
      RUNS,
    );
  });

  test("is what it is where both sides made the same of it, with a common past and without", () => {
    fc.assert(
      fc.property(fc.option(entries), entries, (base, next) => {
        expect(mergeSides(base, next, { ...next })).toEqual({ merged: next, conflict: null });
      }),
      RUNS,
    );
  });

  test("meets what the other side changed elsewhere in the entry, without a copy", () => {
    const { merged, conflict } = mergeEdits(
      { issuer: "GitHub Inc", tags: ["work"], version: 2, folder: "cloud" },
      { secret: SECRETS[1], counter: 0, secretSetAt: 2_000, note: "spare phone" },
    );
    expect(conflict).toBeNull();
    expect(merged).toEqual(
      entryWith({
        issuer: "GitHub Inc",
        tags: ["work"],
        version: 2,
        folder: "cloud",
        secret: SECRETS[1],
        counter: 0,
        secretSetAt: 2_000,
        note: "spare phone",
      }),
    );
  });
});

describe("any two edits of an entry", () => {
  test("give valid entries, and the copy is what this device had, whole", () => {
    fc.assert(
      fc.property(histories, ({ base, mine, theirs }) => {
        const { merged, conflict } = mergeSides(base, mine, theirs);
        expect(parseEntry(merged)).toEqual({ ok: true, value: merged });
        expect(conflict === null || conflict === mine).toBe(true);
      }),
      RUNS,
    );
  });

  test("drop no code of either side, unless the other side replaced it knowing it", () => {
    fc.assert(
      fc.property(histories, ({ base, mine, theirs }) => {
        const { merged, conflict } = mergeSides(base, mine, theirs);
        for (const [side, other] of [
          [mine, theirs],
          [theirs, mine],
        ] as const) {
          const stays = isSameCode(merged, side) || (conflict !== null && isSameCode(conflict, side));
          const wasReplaced = base !== null && isSameCode(base, side) && !isSameCode(other, side);
          expect(stays || wasReplaced).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test("give a code that one of the sides had, never a field of one with the secret of the other", () => {
    fc.assert(
      fc.property(histories, ({ base, mine, theirs }) => {
        const { merged } = mergeSides(base, mine, theirs);
        const owner = [theirs, mine].find((side) => isSameCode(side, merged));
        expect(owner).toBeDefined();
        if (!compareEntries(mine, theirs).includes("secret")) return;
        expect([owner?.counter, owner?.secretSetAt]).toEqual([merged.counter, merged.secretSetAt]);
      }),
      RUNS,
    );
  });

  test("lose no value that somebody set: it is in the merged entry or in the copy, and theirs in the merged one", () => {
    fc.assert(
      fc.property(histories, ({ base, mine, theirs }) => {
        const { merged, conflict } = mergeSides(base, mine, theirs);
        const differs = compareEntries(merged, theirs);
        for (const field of ["issuer", "account", "note", "icon", "folder", "constructor"]) {
          const isMine = base === null ? Object.hasOwn(mine, field) : changed(base, mine, field);
          const isTheirs = base === null ? Object.hasOwn(theirs, field) : changed(base, theirs, field);
          if (isTheirs) expect(differs, field).not.toContain(field);
          if (isMine) expect(conflict !== null || !changed(merged, mine, field), field).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test("leave a copy only where both changed the same field, or the code, to different things", () => {
    fc.assert(
      fc.property(entries, edits, edits, (base, toMine, toTheirs) => {
        const [mine, theirs] = [edited(base, toMine), edited(base, toTheirs)];
        const both = ["issuer", "account", "note", "icon", "folder", "constructor"].filter(
          (field) =>
            changed(base, mine, field) && changed(base, theirs, field) && changed(mine, theirs, field),
        );
        const codes = !(isSameCode(base, mine) || isSameCode(base, theirs) || isSameCode(mine, theirs));
        expect(mergeSides(base, mine, theirs).conflict !== null).toBe(both.length > 0 || codes);
      }),
      RUNS,
    );
  });

  test("come to the same whichever device merges, as long as no copy is needed", () => {
    const sorted = (entry: Entry) => ({
      ...entry,
      sites: [...new Set(entry.sites)].sort(),
      tags: [...new Set(entry.tags)].sort(),
    });
    fc.assert(
      fc.property(histories, ({ base, mine, theirs }) => {
        const here = mergeSides(base, mine, theirs);
        const there = mergeSides(base, theirs, mine);
        expect(there.conflict === null).toBe(here.conflict === null);
        if (here.conflict !== null) return;
        expect(isSameContent(sorted(here.merged), sorted(there.merged))).toBe(true);
      }),
      RUNS,
    );
  });
});

describe("a secret", () => {
  const mine = { secret: SECRETS[1], counter: 3, digits: 8, secretSetAt: 2_000 };
  const theirs = { secret: SECRETS[2], counter: 0, algorithm: "SHA256", secretSetAt: 3_000 } as const;

  test("that both replaced stays twice: theirs in the entry, mine in the copy", () => {
    expect(mergeEdits(mine, theirs)).toEqual({ merged: entryWith(theirs), conflict: entryWith(mine) });
  });

  test("that one side replaced takes its counter along, whatever the other side used meanwhile", () => {
    expect(mergeEdits({ counter: 9 }, theirs)).toEqual({ merged: entryWith(theirs), conflict: null });
    expect(mergeEdits(mine, { counter: 9 })).toEqual({ merged: entryWith(mine), conflict: null });
  });

  test("that both entered alike is one, here since the earlier of the two, with the higher counter", () => {
    const { merged, conflict } = mergeEdits(
      { secret: SECRETS[1], counter: 5, secretSetAt: 2_000 },
      { secret: SECRETS[1], counter: 4, secretSetAt: 3_000 },
    );
    expect([merged.counter, merged.secretSetAt, conflict]).toEqual([5, 2_000, null]);
  });

  test("that is only written differently is no other", () => {
    const { merged, conflict } = mergeEdits({ secret: SPELLING, note: "mine" }, { account: "bob" });
    expect(merged).toEqual(entryWith({ secret: SPELLING, note: "mine", account: "bob" }));
    expect(conflict).toBeNull();
    const both = mergeEdits({ secret: "JBSWY3DPEHPK3PXPAC" }, { secret: SPELLING });
    expect(both).toEqual({ merged: entryWith({ secret: SPELLING }), conflict: null });
  });

  test("that one side made one of another type takes no counter from the other, who used it as it was", () => {
    const totp = { type: "totp", period: 30, counter: null } as const;
    expect(mergeEdits(totp, { counter: 9 })).toEqual({ merged: entryWith(totp), conflict: null });
    expect(mergeEdits({ counter: 9 }, totp)).toEqual({ merged: entryWith(totp), conflict: null });
  });

  test("whose digits one side changed and whose PIN the other leaves a copy: together nobody ever saw them work", () => {
    expect(mergeEdits({ digits: 8 }, { pin: "1234" })).toEqual({
      merged: entryWith({ pin: "1234" }),
      conflict: entryWith({ digits: 8 }),
    });
  });
});

describe("a counter", () => {
  test("that both used stands where the further one stands, without a copy", () => {
    for (const [mine, theirs] of [
      [7, 9],
      [9, 7],
    ] as const)
      expect(mergeEdits({ counter: mine }, { counter: theirs })).toEqual({
        merged: entryWith({ counter: 9 }),
        conflict: null,
      });
  });

  test("goes on from the further one where the codes part but the secret is one", () => {
    expect(mergeEdits({ digits: 8, counter: 9 }, { pin: "1", counter: 7 }).merged.counter).toBe(9);
  });
});

/** The field of both, or of neither: compareEntries says which differ. */
function changed(from: Entry, to: Entry, field: string): boolean {
  return compareEntries(from, to).includes(field);
}
