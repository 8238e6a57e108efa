import { describe, expect, test } from "vitest";
import { codeAt } from "../../../shared/otp/code.ts";
import { draftToEntry, type Entry } from "../../../shared/otp/entry.ts";
import { compareEntries, isSameSecret } from "../../../shared/otp/same-entry.ts";

const alice: Entry = draftToEntry(
  {
    type: "totp",
    issuer: "Example",
    account: "alice",
    secret: "JBSWY3DPEHPK3PXP",
    algorithm: "SHA1",
    digits: 6,
    period: 30,
    counter: null,
    pin: null,
    sites: ["example.com"],
  },
  1_700_000_000_000,
);

describe("two entries are the same secret", () => {
  test("whatever they are called and whenever they came", () => {
    const renamed: Entry = { ...alice, issuer: "Other", account: "bob", note: "x", secretSetAt: 0 };
    expect(isSameSecret(alice, renamed)).toBe(true);
  });

  test("if only the bits left over at the end differ", () => {
    expect(isSameSecret({ ...alice, secret: "ABCDEFG" }, { ...alice, secret: "ABCDEFGA" })).toBe(false);
    expect(isSameSecret({ ...alice, secret: "ABCDEFGH" }, { ...alice, secret: "ABCDEFGHA" })).toBe(true);
    expect(isSameSecret({ ...alice, secret: "MY" }, { ...alice, secret: "MZ" })).toBe(true);
  });

  test("though the counter moved on", () => {
    const hotp: Entry = { ...alice, type: "hotp", period: null, counter: 1 };
    const used: Entry = { ...hotp, counter: 9 };
    expect(isSameSecret(hotp, used)).toBe(true);
  });

  test("if Yandex wrote one of them with its checksum, though no other type may be cut", () => {
    const yandex: Entry = { ...alice, type: "yandex", algorithm: "SHA256", digits: 8, pin: "7586" };
    const short: Entry = { ...yandex, secret: "LA2V6KMCGYMWWVEW64RNP3JA3I" };
    const long: Entry = { ...yandex, secret: "LA2V6KMCGYMWWVEW64RNP3JA3IAAAAAAHTSG4HRZPI" };
    expect(codeAt(long, 1_700_000_000_000)).toEqual(codeAt(short, 1_700_000_000_000));
    expect(isSameSecret(short, long)).toBe(true);
    expect(compareEntries(short, long)).toEqual([]);
    expect(isSameSecret({ ...short, type: "totp" }, { ...long, type: "totp" })).toBe(false);
  });

  test.each<Partial<Entry>>([
    { secret: "JBSWY3DPEHPK3PXQ" },
    { type: "steam" },
    { algorithm: "SHA256" },
    { digits: 8 },
    { period: 60 },
  ])("but not with another %j", (change) => {
    expect(isSameSecret(alice, { ...alice, ...change })).toBe(false);
  });
});

describe("comparing entries", () => {
  test("finds nothing between an entry and its copy through JSON", () => {
    expect(compareEntries(alice, JSON.parse(JSON.stringify(alice)))).toEqual([]);
  });

  test("names each field that differs, lists by their contents", () => {
    const other = { ...alice, account: "bob", sites: [], tags: [], icon: "data:," };
    expect(compareEntries(alice, other).sort()).toEqual(["account", "icon", "sites"]);
  });

  test("sees fields that only a newer version knows", () => {
    expect(compareEntries({ ...alice, colour: { hue: 1 } }, { ...alice, colour: { hue: 1 } })).toEqual([]);
    expect(compareEntries({ ...alice, colour: { hue: 1 } }, { ...alice, colour: { hue: 2 } })).toEqual([
      "colour",
    ]);
    expect(compareEntries(alice, { ...alice, colour: null })).toEqual(["colour"]);
  });

  test("takes secrets as bytes", () => {
    expect(compareEntries(alice, { ...alice, secret: "JBSWY3DPEHPK3PXPA" })).toEqual([]);
  });
});
