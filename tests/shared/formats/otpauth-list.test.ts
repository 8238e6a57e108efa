import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Bytes, utf8 } from "../../../shared/bytes.ts";
import { recogniseFormat } from "../../../shared/formats/index.ts";
import { otpauthListFormat, readOtpauthList } from "../../../shared/formats/otpauth-list.ts";
import { openFile } from "../../../shared/formats/parts/file-content.ts";
import { draftToEntry, type EntryDraft } from "../../../shared/otp/entry.ts";
import { err } from "../../../shared/result.ts";
import { CORPORA_ABSENT, corpusPath } from "../../support/corpora.ts";
import { describeDraft, describeTruth } from "../../support/describe-draft.ts";
import { formatMigrationUris } from "../../support/format-migration-uris.ts";

const alice: EntryDraft = {
  type: "totp",
  issuer: "Example",
  account: "alice",
  secret: "JBSWY3DPEHPK3PXP",
  algorithm: "SHA1",
  digits: 6,
  period: 30,
  counter: null,
  pin: null,
};
const uriOfAlice = "otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example";

function fixture(name: string): Bytes {
  return new Uint8Array(readFileSync(new URL(`../../fixtures/formats/${name}`, import.meta.url)));
}

describe("a list of OTP URIs", () => {
  test("is read line by line; what can't be read is reported with its line and reason", async () => {
    const file = await openFile(fixture("otpauth-list.txt"));
    const format = recogniseFormat(file);
    expect(format?.id).toBe("otpauth-list");
    const read = await format?.read(file, null);
    expect(read).toMatchObject({
      ok: true,
      value: {
        entries: [
          {
            line: 2,
            notices: [],
            draft: { ...alice, account: "alice@example.com", algorithm: "SHA256", digits: 8, period: 60 },
          },
          { line: 4, draft: { ...alice, type: "hotp", issuer: "Bank", period: null, counter: 41 } },
          { line: 5, draft: { ...alice, type: "steam", issuer: "Steam", account: "bob", digits: 5 } },
        ],
        rejected: [
          { line: 6, label: "Broken:bob", reason: "secret-not-base32", correction: null },
          { line: 7, label: "Notes:bob", reason: "period-zero", correction: { changed: { period: 30 } } },
        ],
        notices: [],
      },
    });
  });

  test.each([
    ["a byte order mark and Windows line ends", `\ufeff${uriOfAlice}\r\n\r\n${uriOfAlice}\r\n`, [1, 3]],
    ["old Mac line ends", `${uriOfAlice}\r${uriOfAlice}`, [1, 2]],
    ["commas between, as Ente describes them", `${uriOfAlice},${uriOfAlice}, ${uriOfAlice},\n`, [1, 1, 1]],
    ["comments", `# ${uriOfAlice}\n  #\n${uriOfAlice}`, [3]],
    ["blanks around", `\t ${uriOfAlice}  `, [1]],
  ])("may have %s", (_, text, lines) => {
    const file = readOtpauthList(text);
    expect(file.rejected).toEqual([]);
    expect(file.entries).toEqual(lines.map((line) => ({ draft: alice, notices: [], line })));
  });

  test("may hold Google Authenticator's codes between other lines", () => {
    const [first, second] = formatMigrationUris(
      Array.from({ length: 11 }, (_, at) => ({ ...alice, account: `${at}` })),
      3,
    ).uris;
    const file = readOtpauthList(`${uriOfAlice}\n${second}\n${first}`);
    expect(file.rejected).toEqual([]);
    expect(file.entries.map(({ draft, line }) => [line, draft.account])).toEqual([
      [1, "alice"],
      [2, "10"],
      ...Array.from({ length: 10 }, (_, at) => [3, `${at}`]),
    ]);
    expect(file.notices).toEqual(["period-assumed-30"]);
    expect(readOtpauthList(`${second}`).notices).toEqual(["period-assumed-30", "incomplete-export"]);
  });

  test("reports every line of another kind, without its secret", () => {
    const text = [
      "JBSWY3DPEHPK3PXP",
      "motp://Example:alice?secret=30edcc8edae50a6",
      "otpauth-migration://offline?data=!",
      "otpauth://totp/secret=JBSWY3DPEHPK3PXP",
      "Dear alice,",
    ].join("\n");
    const { entries, rejected } = readOtpauthList(text);
    expect(entries).toEqual([]);
    expect(rejected.map(({ line, reason }) => [line, reason])).toEqual([
      [1, "not-an-otp-uri"],
      [2, "secret-not-hex"],
      [3, "not-base64"],
      [4, "no-parameters"],
      [5, "not-an-otp-uri"],
    ]);
    expect(JSON.stringify(rejected)).not.toMatch(/JBSWY3DP|30edcc/);
  });

  test("is written so that it reads back, types without a URI left out and named", async () => {
    const bob: EntryDraft = { ...alice, type: "hotp", account: "b,o\nb", period: null, counter: 5 };
    const eve = draftToEntry({ ...alice, type: "motp", algorithm: "MD5", pin: "1234" }, 0);
    const entries = [draftToEntry(alice, 0), eve, draftToEntry(bob, 0)];
    const { text, ending, leftOut } = await otpauthListFormat.write(entries);
    expect(ending).toBe("txt");
    expect(text.split("\n")).toHaveLength(3);
    expect(leftOut).toEqual([{ entry: eve, reason: "type" }]);
    expect(readOtpauthList(text).entries.map(({ draft }) => draft)).toEqual([alice, bob]);
  });

  test("never makes the reader throw", () => {
    const anyLines = fc.array(
      fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(uriOfAlice, "#", ",", "\r")),
    );
    fc.assert(
      fc.property(anyLines, (lines) => {
        const { entries, rejected } = readOtpauthList(lines.join("\n"));
        for (const { line } of [...entries, ...rejected]) expect(line).toBeGreaterThan(0);
      }),
    );
  });
});

describe("the registry of formats", () => {
  test("knows the texts of Google Authenticator's codes, in any order", async () => {
    const file = await openFile(fixture("google-migration.txt"));
    const format = recogniseFormat(file);
    expect(format?.id).toBe("google-migration");
    const read = await format?.read(file, null);
    const entries = read?.ok ? read.value.entries : [];
    expect(entries).toHaveLength(12);
    expect(entries.map(({ line }) => line)).toEqual([2, 2, ...Array(10).fill(3)]);
    expect(entries[5]?.draft).toMatchObject({ type: "hotp", account: "alice3@example.com", counter: 7 });
    expect(read).toMatchObject({ ok: true, value: { rejected: [], notices: ["period-assumed-30"] } });
  });

  test("knows nothing of other files", async () => {
    for (const text of [
      "",
      "hello",
      '{"uri":"otpauth://totp/a"}',
      "https://example.com/?u=otpauth://totp/",
    ]) {
      expect(recogniseFormat(await openFile(utf8(text)))).toBeNull();
    }
    expect(recogniseFormat(await openFile(new Uint8Array([0xff, 0xfe, 0x00])))).toBeNull();
  });

  test("tells a list that holds nothing from one that is read", async () => {
    const format = recogniseFormat(await openFile(utf8(uriOfAlice)));
    expect(await format?.read(await openFile(utf8("# nothing\n")), null)).toEqual(err("nothing-found"));
    expect(await format?.read(await openFile(new Uint8Array([0xff])), null)).toEqual(err("corrupt"));
  });
});

describe("the collection of lists", () => {
  for (const folder of ["otpauth-list", "google-migration", "authenticator-extension-txt"]) {
    test(`${folder} is read whole`, async (context) => {
      const path = corpusPath(`imports/${folder}`);
      if (path === null) return context.skip(CORPORA_ABSENT);
      const names = readdirSync(path).filter((name) => !name.endsWith(".truth.json"));
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) {
        const file = await openFile(new Uint8Array(readFileSync(`${path}/${name}`)));
        const truth = JSON.parse(readFileSync(`${path}/${name}.truth.json`, "utf8"));
        const read = await recogniseFormat(file)?.read(file, null);
        const entries = read?.ok ? read.value.entries : [];
        expect([name, entries.map(({ draft }) => describeDraft(draft))]).toEqual([
          name,
          truth.entries.map(describeTruth),
        ]);
        expect(read?.ok && read.value.rejected.length).toBe(truth.rejected?.length ?? 0);
      }
    });
  }
});

test("a file of nothing but blank lines is told from a list at once", async () => {
  const begun = performance.now();
  expect(recogniseFormat(await openFile(utf8("\n".repeat(1_000_000))))).toBeNull();
  expect(recogniseFormat(await openFile(utf8(`\n \r\n\t${uriOfAlice}`)))?.id).toBe("otpauth-list");
  expect(performance.now() - begun).toBeLessThan(20_000);
});
