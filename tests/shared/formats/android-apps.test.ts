import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Bytes, utf8 } from "../../../shared/bytes.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { mutatedBytes } from "../../support/mutated-bytes.ts";

const PASSWORD = "alice’s password";
const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const DIGITS_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

function fixture(name: string): Bytes {
  return new Uint8Array(readFileSync(new URL(`../../fixtures/formats/${name}`, import.meta.url)));
}

async function contentOf(bytes: Bytes, passphrase: string | null = null) {
  const read = await readFile(bytes, passphrase);
  if (!read.ok) return read.error.reason;
  const { format, entries, rejected } = read.value;
  return {
    format,
    drafts: entries.map(({ draft }) => draft),
    rejected,
    pinned: entries.map((entry) => entry.pinned),
  };
}

function preferencesOf(tokens: readonly object[], key = "authenticator"): Bytes {
  const json = JSON.stringify(tokens).replaceAll('"', "&quot;");
  return utf8(`<map><string name="com.authy.storage.tokens.${key}.key">${json}</string></map>`);
}

describe("Authy's preferences", () => {
  test("give tokens in the clear, sealed ones by the backup password, and Authy's own", async () => {
    expect(await contentOf(fixture("authy.xml"))).toBe("passphrase-needed");
    expect(await contentOf(fixture("authy.xml"), "wrong")).toBe("wrong-passphrase");
    expect(await contentOf(fixture("authy.xml"), PASSWORD)).toMatchObject({
      format: "authy",
      drafts: [
        { issuer: "Example", account: "alice@example.com", secret: SECRET, digits: 6, period: 30 },
        { issuer: "GitHub", account: "bob", secret: SECRET },
        { issuer: "Diamond", account: "", secret: "AAISEM2EKVTHPCEZVK54ZXPO74", digits: 7, period: 10 },
      ],
      rejected: [{ label: "Lost", reason: "entry-not-opened" }],
    });
  });

  test.each([
    [
      "a name that begins as its issuer does",
      { originalName: "Git:a", name: "GitHub of alice" },
      ["Git", "GitHub of alice"],
    ],
    ["no name of its own", { originalName: "Example:alice" }, ["Example", "alice"]],
    ["an issuer beside its name", { originalIssuer: "Example", name: "alice" }, ["Example", "alice"]],
    ["the name of its issuer", { originalIssuer: "Example", name: "Example" }, ["Example", ""]],
    [
      "nulls",
      { originalIssuer: null, originalName: null, name: "Example - bob", accountType: null },
      ["Example", "bob"],
    ],
  ])("may have a token with %s", async (_, names, expected) => {
    const content = await contentOf(preferencesOf([{ decryptedSecret: SECRET, digits: "6", ...names }]));
    expect(
      typeof content === "object" && content.drafts.map(({ issuer, account }) => [issuer, account]),
    ).toEqual([expected]);
  });

  test("that are broken say so, and one broken token stops no other", async () => {
    expect(
      await contentOf(utf8('<map><string name="com.authy.storage.tokens.authy.key">{</string></map>')),
    ).toBe("corrupt");
    expect(await contentOf(preferencesOf([]))).toBe("nothing-found");
    const mixed = preferencesOf(
      [
        { name: "Broken", secretSeed: "xyz" },
        { name: "A", secretSeed: "00112233445566778899" },
      ],
      "authy",
    );
    expect(await contentOf(mixed)).toMatchObject({
      drafts: [{ issuer: "A" }],
      rejected: [{ reason: "secret-not-base32" }],
    });
  });
});

test("Battle.net's preferences give the one authenticator behind their mask", async () => {
  expect(await contentOf(fixture("battle-net.xml"))).toMatchObject({
    format: "battle-net",
    drafts: [
      { issuer: "Battle.net", account: "EU-2211-2050-3346", secret: DIGITS_SECRET, digits: 8, period: 30 },
    ],
  });
  const key = "com.blizzard.messenger.AUTHENTICATOR_";
  const of = (name: string, value: string) =>
    utf8(`<map><string name="${key}${name}">${value}</string></map>`);
  expect(await contentOf(of("DEVICE_SECRET", "zz"))).toBe("corrupt");
  expect(await contentOf(of("DEVICE_SECRET", "00".repeat(60)))).toBe("corrupt");
  expect(await contentOf(of("SERIAL", "00"))).toBe("nothing-found");
});

describe("a backup of TOTP Authenticator", () => {
  const drafts = [
    { issuer: "", account: "alice", secret: DIGITS_SECRET, digits: 6, period: 30 },
    { issuer: "Bank", account: "bob", secret: SECRET, digits: 8, period: 60 },
  ];

  test("opens by its password, or by the one that all have", async () => {
    const content = { format: "totp-authenticator", drafts, pinned: [true, undefined] };
    const rejected = [{ label: "Broken: eve", reason: "secret-not-base32" }];
    expect(await contentOf(fixture("totp-authenticator.txt"))).toBe("passphrase-needed");
    expect(await contentOf(fixture("totp-authenticator.txt"), PASSWORD)).toMatchObject({
      ...content,
      rejected,
    });
    expect(await contentOf(fixture("totp-authenticator-default.txt"))).toMatchObject({
      ...content,
      rejected,
    });
  });

  test("tells every wrong password from the right one", async () => {
    for (let at = 0; at < 300; at++) {
      expect(await contentOf(fixture("totp-authenticator.txt"), `wrong ${at}`)).toBe("wrong-passphrase");
    }
  });

  test("may be the preferences of the app, whose accounts are texts of JSON", async () => {
    const list = JSON.stringify([JSON.stringify({ base: 32, key: SECRET, name: "alice" })]).replaceAll(
      '"',
      "&quot;",
    );
    const xml = `<map><string name="STATIC_TOTP_CODES_LIST">${list}</string></map>`;
    expect(await contentOf(utf8(xml))).toMatchObject({ drafts: [{ secret: SECRET, account: "alice" }] });
  });

  test("is told from other text at once", async () => {
    for (const text of [
      "aGVsbG8=",
      "hello hello hello hello!",
      `${" ".repeat(200_000)}!`,
      "QUJD".repeat(21),
    ]) {
      expect(await contentOf(utf8(text))).toBe("unknown-format");
    }
  });
});

test("preferences of another app are recognised, and a mind map is not taken for any", async () => {
  expect(await contentOf(fixture("android-preferences.xml"))).toBe("android-preferences");
  expect(await contentOf(utf8('<map version="1.0.1"><node TEXT="name"/></map>'))).toBe("unknown-format");
});

test.each(["authy.xml", "battle-net.xml", "totp-authenticator.txt", "android-preferences.xml"])(
  "broken files never make the reader throw: %s",
  async (name) => {
    await fc.assert(
      fc.asyncProperty(mutatedBytes(fixture(name)), async (bytes) => {
        const read = await readFile(bytes, PASSWORD);
        if (read.ok) for (const { draft } of read.value.entries) expect(draft.secret).toMatch(/^[A-Z2-7]+$/);
      }),
      { numRuns: 500 },
    );
  },
);
