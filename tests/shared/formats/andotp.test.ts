import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../shared/bytes.ts";
import { maybeAndotpBackup } from "../../../shared/formats/andotp-encryption.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { expectTruth } from "../../support/import-truth.ts";
import { jsonMutationsOf } from "./any-json.ts";
import { entriesOf, expectEntriesOrRefusal, formatFixture, formatText, readJson } from "./format-fixture.ts";

const PASSWORD = "pässwörd 密码";
const account = {
  secret: "JBSWY3DPEHPK3PXP",
  label: "alice",
  digits: 6,
  type: "TOTP",
  algorithm: "SHA1",
  period: 30,
};

describe("a backup of andOTP", () => {
  test.each([
    ["plain", "andotp.json", null],
    ["encrypted", "andotp-encrypted.json.aes", PASSWORD],
    ["encrypted in the old way", "andotp-encrypted-old.json.aes", PASSWORD],
  ])("is read whole: %s", async (_, name, password) => {
    expect(await readFile(formatFixture(name), password)).toMatchObject({
      ok: true,
      value: {
        format: password === null ? "andotp" : "andotp-encrypted",
        entries: [
          {
            draft: {
              type: "totp",
              issuer: "Example",
              account: "alice@example.com",
              algorithm: "SHA256",
              digits: 8,
              period: 60,
              tags: ["Work", "Home"],
            },
          },
          { draft: { type: "hotp", issuer: "Bank", account: "alice", counter: 41, period: null } },
          {
            draft: {
              type: "steam",
              issuer: "Steam",
              account: "bob",
              secret: "MZXW6YTBOI",
              digits: 5,
              period: 30,
            },
          },
        ],
        rejected: [{ label: "Broken: bob", reason: "unknown-algorithm", detail: "SHA224" }],
      },
    });
  });

  test.each(["andotp-encrypted.json.aes", "andotp-encrypted-old.json.aes"])(
    "asks for its password, and takes no wrong one: %s",
    async (name) => {
      const bytes = formatFixture(name);
      expect(await readFile(bytes, null)).toMatchObject({
        error: { reason: "passphrase-needed", format: "andotp-encrypted" },
      });
      expect(await readFile(bytes, "password")).toMatchObject({ error: { reason: "wrong-passphrase" } });
      expect(await readFile(bytes, "")).toMatchObject({ error: { reason: "wrong-passphrase" } });
    },
  );

  test.each([
    ["alice", "", "alice"],
    ["Example:alice", "Example", "alice"],
    ["Example - Example:alice", "Example", "alice"],
    ["Example - alice", "Example", "alice"],
    ["alice-2@example.com", "", "alice-2@example.com"],
  ])("had the issuer in the label once: %s", async (label, issuer, name) => {
    const [entry] = await entriesOf(readJson([{ ...account, label }]));
    expect(entry?.draft).toMatchObject({ issuer, account: name });
  });

  test("may lack what may be left out, and holds a secret of Mobile-OTP in two ways", async () => {
    const [bare, hex, text] = await entriesOf(
      readJson([
        { secret: "JBSWY3DPEHPK3PXP", label: "alice" },
        { ...account, type: "MOTP", secret: "30edcc8edae50a60" },
        // The base32 of the same in hexadecimal.
        { ...account, type: "MOTP", secret: "GMYGKZDDMM4GKZDBMU2TAYJWGA======" },
      ]),
    );
    expect(bare?.draft).toMatchObject({ type: "totp", algorithm: "SHA1", digits: 6, period: 30, tags: [] });
    expect(hex).toMatchObject({ draft: { secret: "GDW4ZDW24UFGA", pin: null }, notices: ["pin-missing"] });
    expect(text?.draft.secret).toBe("GDW4ZDW24UFGA");
  });

  test("is known without a header only by what looks like nothing else", () => {
    const bytes = (start: string, length: number) => {
      const random = new Uint8Array(length);
      crypto.getRandomValues(random.subarray(0, 65_536));
      random.set(Uint8Array.from(start, (character) => character.charCodeAt(0)));
      return random;
    };
    expect(maybeAndotpBackup(bytes("", 4_000))).toBe(true);
    for (const start of [
      "PK\x03\x04",
      "\x1f\x8b",
      "\x89PNG",
      "SQLite format 3\0",
      "\x03\xd9\xa2\x9a",
      "Salted__",
    ]) {
      expect(maybeAndotpBackup(bytes(start, 4_000))).toBe(false);
    }
    expect(maybeAndotpBackup(new Uint8Array(4_000))).toBe(false);
    expect(maybeAndotpBackup(bytes("", 20))).toBe(false);
    expect(maybeAndotpBackup(bytes("", 9_000_000))).toBe(false);
  });

  test("never throws, whatever stands in it", async () => {
    await fc.assert(
      fc.asyncProperty(jsonMutationsOf([formatText("andotp.json")]), async (text) =>
        expectEntriesOrRefusal(text),
      ),
      { numRuns: 500 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 40, maxLength: 200 }), async (bytes) => {
        bytes.set([0, 0, 4]);
        expect(await readFile(new Uint8Array(bytes), "x")).toMatchObject({ ok: false });
      }),
      { numRuns: 50 },
    );
  });

  test("passes the plain collection", (context) => expectTruth("andotp-plain", context));
  test("passes the encrypted collection", (context) => expectTruth("andotp-encrypted", context));
  test("passes the collection of the old encryption", (context) =>
    expectTruth("andotp-encrypted-old", context));
});

describe("a message of PGP", () => {
  test("is named, armoured and not", async () => {
    const refusal = { error: { reason: "pgp-encrypted", format: "pgp" } };
    expect(await readFile(formatFixture("pgp-message.txt"), null)).toMatchObject(refusal);
    // To a key in both kinds of header, and to a passphrase.
    for (const start of [
      [0x85, 0x01, 0x0c, 0x03],
      [0xc1, 0x4c, 0x03, 0xff],
      [0x8c, 0x0d, 0x04, 0x09],
      [0xc3, 0x0d, 0x04, 0x09],
    ]) {
      const bytes = new Uint8Array([...start, ...crypto.getRandomValues(new Uint8Array(200))]);
      expect(await readFile(bytes, null)).toMatchObject(refusal);
    }
    expect(await readFile(utf8("-----BEGIN PGP SIGNED MESSAGE-----"), null)).toMatchObject({
      error: { reason: "unknown-format" },
    });
  });
});
