import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  collectMigrationParts,
  groupMigrationParts,
  type MigrationPart,
  parseMigrationUri,
} from "../../../shared/formats/google-migration.ts";
import { writeMigrationCodes } from "../../../shared/formats/google-migration-write.ts";
import { draftToEntry, type Entry, type EntryDraft } from "../../../shared/otp/entry.ts";
import { CORPORA_ABSENT, corpusPath } from "../../support/corpora.ts";
import { describeDraft, describeTruth } from "../../support/describe-draft.ts";

const alice: EntryDraft = {
  type: "totp",
  issuer: "Example",
  account: "alice@example.com",
  secret: "JBSWY3DPEHPK3PXP",
  algorithm: "SHA1",
  digits: 6,
  period: 30,
  counter: null,
  pin: null,
};

const entryOf = (draft: EntryDraft): Entry => draftToEntry(draft, 0);

/** The codes' texts for drafts, and what is said of what stays behind. */
function write(drafts: readonly EntryDraft[], batchId: number) {
  const { codes, leftOut, losses } = writeMigrationCodes(drafts.map(entryOf), batchId);
  return { uris: codes.map(({ uri }) => uri), leftOut, losses };
}

function read(uri: string): MigrationPart {
  const part = parseMigrationUri(uri);
  if (!part.ok) throw new Error(part.error.reason);
  return part.value;
}

/** What a QR code of version 40 holds in bytes, at the lowest level of correction (ISO/IEC 18004, table 7). */
const LARGEST_QR_CODE = 2_953;

const anyName = fc
  .oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("", "Example", "a:b", ":", "C++", "示例"))
  .map((name) => name.toWellFormed().trim());

const anyDraft: fc.Arbitrary<EntryDraft> = fc
  .record({
    type: fc.constantFrom("totp", "hotp" as const),
    issuer: anyName,
    account: anyName,
    // Whole groups of eight: bits left over do not survive a trip through bytes.
    secret: fc.stringMatching(/^([A-Z2-7]{8}){1,10}$/),
    algorithm: fc.constantFrom("SHA1", "SHA256", "SHA512" as const),
    digits: fc.constantFrom(6, 8),
    counter: fc.oneof(fc.nat(), fc.maxSafeNat()),
  })
  .map((draft) => ({
    ...draft,
    period: draft.type === "hotp" ? null : 30,
    counter: draft.type === "hotp" ? draft.counter : null,
    pin: null,
  }));

describe("the writer of Google Authenticator's export", () => {
  test("is read back exactly, whatever order its codes are scanned in", () => {
    fc.assert(
      fc.property(
        fc.array(anyDraft, { maxLength: 35 }),
        fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
        fc.infiniteStream(fc.nat()),
        (drafts, batchId, random) => {
          const { uris, leftOut } = write(drafts, batchId);
          expect(leftOut).toEqual([]);
          expect(uris.length).toBeGreaterThanOrEqual(Math.ceil(drafts.length / 10));
          expect(uris.every((uri) => uri.length <= LARGEST_QR_CODE)).toBe(true);
          const parts = uris
            .map((uri) => ({ uri, at: random.next().value }))
            .sort((a, b) => a.at - b.at)
            .map(({ uri }) => read(uri));
          expect(parts.every((part) => part.batchId === batchId && part.drafts.length <= 10)).toBe(true);
          const collected = collectMigrationParts(parts);
          expect(collected.drafts).toEqual(drafts);
          expect(collected.complete).toBe(drafts.length > 0);
        },
      ),
    );
  });

  test("leaves out what the format can't say, and says what", () => {
    const steam: EntryDraft = { ...alice, type: "steam", digits: 5 };
    const minute: EntryDraft = { ...alice, period: 60 };
    const seven: EntryDraft = { ...alice, digits: 7 };
    const motp: EntryDraft = { ...alice, type: "motp", algorithm: "MD5", pin: "1234" };
    const md5: EntryDraft = { ...alice, algorithm: "MD5" };
    const { uris, leftOut } = write([steam, minute, alice, seven, motp, md5], 1);
    expect(uris.flatMap((uri) => read(uri).drafts)).toEqual([alice]);
    expect(leftOut).toEqual([
      { entry: entryOf(steam), reason: "type" },
      { entry: entryOf(minute), reason: "period" },
      { entry: entryOf(seven), reason: "digits" },
      { entry: entryOf(motp), reason: "type" },
      { entry: entryOf(md5), reason: "algorithm" },
    ]);
  });

  test("begins another code where long names would make one too dense to be read", () => {
    const long = Array.from({ length: 10 }, (_, at) => ({ ...alice, account: `${at}${"示例".repeat(30)}` }));
    const endless = { ...alice, account: "a".repeat(5_000) };
    const { uris, leftOut } = write([...long, endless], 1);
    expect(leftOut).toEqual([{ entry: entryOf(endless), reason: "too-long" }]);
    expect(uris).toHaveLength(4);
    expect(uris.every((uri) => uri.length <= LARGEST_QR_CODE)).toBe(true);
    expect(collectMigrationParts(uris.map(read))).toMatchObject({ complete: true, drafts: long });
  });

  test("names what stays behind of the entries it writes", () => {
    const rich = {
      ...alice,
      note: "kept by alice",
      tags: ["Work"],
      sites: [],
      icon: "data:image/png;base64,AA==",
    };
    const poor = { ...alice, note: "", tags: [], icon: null };
    expect(write([rich, poor], 1).losses).toEqual([
      { entry: entryOf(rich), fields: ["tags", "note", "icon"] },
    ]);
  });

  test("writes nothing where nothing can be said", () => {
    expect(write([], 1)).toEqual({ uris: [], leftOut: [], losses: [] });
  });
});

describe("the codes of one export", () => {
  const accounts = Array.from({ length: 23 }, (_, at) => ({ ...alice, account: `alice${at}` }));
  const [first, second, third] = write(accounts, -7).uris.map(read) as [
    MigrationPart,
    MigrationPart,
    MigrationPart,
  ];
  const [foreign] = write(accounts, 8).uris.map(read) as [MigrationPart];

  test("are complete when each was scanned, in any order and some of them twice", () => {
    expect(collectMigrationParts([second])).toMatchObject({ complete: false, have: [1], missing: [0, 2] });
    expect(collectMigrationParts([third, second, third])).toMatchObject({
      complete: false,
      have: [1, 2],
      missing: [0],
    });
    const all = collectMigrationParts([third, first, second, first]);
    expect(all).toMatchObject({ complete: true, have: [0, 1, 2], missing: [], others: [] });
    expect(all.drafts).toEqual(accounts);
  });

  test("are never mixed with those of another export: the last one scanned counts", () => {
    expect(collectMigrationParts([first, foreign, second])).toMatchObject({
      have: [0, 1],
      missing: [2],
      others: [foreign],
    });
    expect(collectMigrationParts([first, foreign])).toMatchObject({ have: [0], others: [first] });
  });

  test("of version 2 are told apart by their index, having no identifier", () => {
    const anonymous = [first, second, third].map((part) => ({ ...part, version: 2, batchId: 0 }));
    expect(collectMigrationParts(anonymous)).toMatchObject({ complete: true, have: [0, 1, 2] });
    const another = { ...anonymous[0]!, drafts: [alice] };
    expect(groupMigrationParts([...anonymous, another, anonymous[1]!])).toEqual([anonymous, [another]]);
  });

  test("carry what was rejected along", () => {
    const rejected = [{ label: "bob", reason: "unknown-type", detail: "7" } as const];
    expect(collectMigrationParts([first, { ...second, rejected }]).rejected).toEqual(rejected);
  });

  test("are none when nothing was scanned", () => {
    expect(collectMigrationParts([])).toMatchObject({ complete: false, have: [], missing: [], drafts: [] });
  });
});

describe("the collection of exports", () => {
  for (const name of ["example_export.txt", "googleauthenticator.txt", "multi-batch-23.txt"]) {
    test(`${name} is read`, (context) => {
      const path = corpusPath(`imports/google-migration/${name}`);
      if (path === null) return context.skip(CORPORA_ABSENT);
      const truth = JSON.parse(readFileSync(`${path}.truth.json`, "utf8"));
      const lines = readFileSync(path, "utf8").split("\n");
      const uris = lines.filter((line) => line.startsWith("otpauth-migration:"));
      const drafts = uris.flatMap((uri) => read(uri).drafts);
      expect(drafts.map(describeDraft)).toEqual(truth.entries.map(describeTruth));
    });
  }
});
