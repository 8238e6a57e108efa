import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draftToEntry, type Entry, parseEntry } from "../../../shared/otp/entry.ts";
import { type MergePart, mergeEntries } from "../../../shared/otp/merge-entries.ts";
import { isSameSecret } from "../../../shared/otp/same-entry.ts";

const SECRET = "JBSWY3DPEHPK3PXP";
/** The same bytes: bits that are left over at the end say nothing. */
const SAME_BYTES = ["JBSWY3DPEHPK3PXPAA", "JBSWY3DPEHPK3PXPAB"] as const;

function entryWith(patch: Partial<Entry>): Entry {
  const draft = {
    type: "totp" as const,
    issuer: "GitHub",
    account: "alice",
    secret: SECRET,
    algorithm: "SHA1" as const,
    digits: 6,
    period: 30,
    counter: null,
    pin: null,
  };
  return { ...draftToEntry(draft, 1_000), ...patch };
}

const part = (patch: Partial<Entry>, pinned = false): MergePart => ({ entry: entryWith(patch), pinned });

const lines = (note: string) =>
  note
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");

const parts = fc.array(
  fc.record({
    pinned: fc.boolean(),
    entry: fc
      .record({
        issuer: fc.constantFrom("", "GitHub", "GitHub Inc"),
        account: fc.constantFrom("", "alice", "bob@example.com"),
        secret: fc.constantFrom(...SAME_BYTES),
        counter: fc.nat(),
        sites: fc.uniqueArray(fc.constantFrom("github.com", "*.github.com", "gist.github.com")),
        tags: fc.uniqueArray(fc.string()),
        note: fc.array(fc.constantFrom("", "one", "two", "  three", "four ")).map((all) => all.join("\n")),
        icon: fc.constantFrom(null, "data:image/png;base64,AA=="),
        pin: fc.constantFrom(null, "1234"),
        secretSetAt: fc.nat(),
        deletedAt: fc.option(fc.nat()),
      })
      .map((patch) => entryWith({ type: "hotp", period: null, ...patch })),
  }),
  { minLength: 1, maxLength: 5 },
);

describe("merging entries of one secret", () => {
  test("loses no site, no tag, no line of a note, no name while there is a place for it, and keeps the secret", () => {
    fc.assert(
      fc.property(parts, (all) => {
        const { entry, pinned } = mergeEntries(all);
        for (const { entry: before } of all) {
          expect(entry.sites).toEqual(expect.arrayContaining(before.sites));
          expect(entry.tags).toEqual(expect.arrayContaining(before.tags));
          expect(lines(entry.note)).toEqual(expect.arrayContaining(lines(before.note)));
          expect(isSameSecret(entry, before)).toBe(true);
          expect(entry.counter).toBeGreaterThanOrEqual(before.counter ?? 0);
          for (const field of ["issuer", "account", "icon", "pin"] as const)
            if (before[field]) expect(entry[field], field).toBeTruthy();
        }
        expect(pinned).toBe(all.some((each) => each.pinned));
        expect(entry.deletedAt).toBeNull();
        expect(parseEntry(entry)).toEqual({ ok: true, value: entry });
      }),
    );
  });

  test("invents nothing: each value stands in one of the parts", () => {
    fc.assert(
      fc.property(parts, (all) => {
        const { entry } = mergeEntries(all);
        const entries = all.map((each) => each.entry);
        for (const field of ["issuer", "account", "secret", "counter", "icon", "pin", "secretSetAt"] as const)
          expect(entries.map((each) => each[field])).toContain(entry[field]);
        expect(entry.sites.every((site) => entries.some(({ sites }) => sites.includes(site)))).toBe(true);
        const known = entries.flatMap(({ note }) => lines(note));
        expect(lines(entry.note).every((line) => known.includes(line))).toBe(true);
      }),
    );
  });

  test("changes nothing when it is done again, alone or with what it was made of", () => {
    fc.assert(
      fc.property(parts, (all) => {
        const { entry, pinned } = mergeEntries(all);
        expect(mergeEntries([{ entry, pinned }]).entry).toEqual(entry);
        const again = mergeEntries([{ entry, pinned }, ...all]);
        expect(again.entry).toEqual(entry);
        expect(again.pinned).toBe(pinned);
      }),
    );
  });

  test("takes names from the first, and from the next what the first lacks", () => {
    const merged = mergeEntries([
      part({ issuer: "GitHub", account: "", note: "from the phone", sites: ["github.com"] }),
      part({ issuer: "github", account: "alice", note: "from the phone\nspare key", tags: ["work"] }, true),
    ]);
    expect(merged.entry).toMatchObject({
      issuer: "GitHub",
      account: "alice",
      note: "from the phone\nspare key",
      sites: ["github.com"],
      tags: ["work"],
    });
    expect(merged.chosen).toEqual({ issuer: 0, account: 1, pin: null, icon: null });
    expect(merged.united).toEqual({ sites: [0], tags: [1], note: [0, 1] });
    expect(merged.pinned).toBe(true);
  });

  test("keeps fields of a newer version, whichever part has them", () => {
    const { entry } = mergeEntries([
      part({ ...{ colour: "teal" }, version: 1 }),
      part({ ...{ colour: "red", shelf: 3 }, version: 2 }),
    ]);
    expect(entry).toMatchObject({ version: 2, colour: "teal", shelf: 3 });
  });

  test("never sets a counter back, and says whose it is", () => {
    const at = (counter: number) => part({ type: "hotp", period: null, counter });
    const merged = mergeEntries([at(3), at(9), at(7)]);
    expect(merged.entry.counter).toBe(9);
    expect(merged.counterFrom).toBe(1);
  });

  test("refuses entries whose secrets or parameters differ", () => {
    expect(() => mergeEntries([part({}), part({ digits: 8 })])).toThrow("differ");
    expect(() => mergeEntries([part({}), part({ secret: "GEZDGNBVGY3TQOJQ" })])).toThrow("differ");
    expect(() => mergeEntries([])).toThrow("nothing");
  });
});
