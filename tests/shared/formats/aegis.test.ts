import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFile } from "../../../shared/formats/read-file.ts";
import { expectTruth } from "../../support/import-truth.ts";
import { jsonMutationsOf } from "./any-json.ts";
import { entriesOf, expectEntriesOrRefusal, formatFixture, formatText, readJson } from "./format-fixture.ts";

const PASSWORD = "pässwörd 密码";

const plain = JSON.parse(formatText("aegis.json"));
const encrypted = JSON.parse(formatText("aegis-encrypted.json"));

function vaultOf(entry: unknown, database: object = {}) {
  return {
    version: 1,
    header: { slots: null, params: null },
    db: { version: 3, entries: [entry], groups: [], ...database },
  };
}

const totp = {
  type: "totp",
  name: "alice",
  issuer: "Example",
  info: { secret: "JBSWY3DPEHPK3PXP", algo: "SHA1", digits: 6, period: 30 },
};

describe("a vault of Aegis", () => {
  test.each([
    ["plain", "aegis.json", null],
    ["encrypted", "aegis-encrypted.json", PASSWORD],
    ["opened with the password of another slot", "aegis-encrypted.json", "for backups"],
  ])("is read whole: %s", async (_, name, password) => {
    expect(await readFile(formatFixture(name), password)).toMatchObject({
      ok: true,
      value: {
        format: "aegis",
        entries: [
          {
            draft: {
              type: "totp",
              issuer: "Example",
              account: "alice@example.com",
              secret: "JBSWY3DPEHPK3PXP",
              algorithm: "SHA256",
              digits: 8,
              period: 60,
              tags: ["Work", "Home"],
              note: "for the shop",
              icon: expect.stringMatching(/^data:image\/png;base64,/),
            },
            pinned: true,
          },
          { draft: { type: "hotp", issuer: "Bank", counter: 41, period: null, tags: [] } },
          { draft: { type: "steam", issuer: "Steam", digits: 5, tags: ["Home"] } },
          {
            draft: {
              type: "motp",
              issuer: "Office",
              secret: "GDW4ZDW24UFGA",
              algorithm: "MD5",
              period: 10,
              pin: "1234",
            },
          },
          { draft: { type: "yandex", secret: "ORSXG5DJNZTXIZLTORUW4ZZRGI", digits: 8, pin: "5239" } },
        ],
        rejected: [{ label: "Broken: bob", reason: "unknown-algorithm", detail: "SHA224" }],
      },
    });
  });

  test("asks for its password, and knows a wrong one from damage", async () => {
    const bytes = formatFixture("aegis-encrypted.json");
    expect(await readFile(bytes, null)).toMatchObject({
      error: { reason: "passphrase-needed", format: "aegis" },
    });
    for (const wrong of ["password", "", "pässwörd"]) {
      expect(await readFile(bytes, wrong)).toMatchObject({ error: { reason: "wrong-passphrase" } });
    }
    const flipped = { ...encrypted, db: `AAAA${encrypted.db.slice(4)}` };
    expect(await readJson(flipped, PASSWORD)).toMatchObject({ error: { reason: "corrupt" } });
    expect(await readJson({ ...encrypted, db: "!" }, PASSWORD)).toMatchObject({
      error: { reason: "corrupt" },
    });
  });

  test("opens past a slot that is broken, and past one that asks for too much", async () => {
    const [biometric, first, second] = encrypted.header.slots;
    const broken = [
      biometric,
      null,
      { type: 1 },
      { ...first, n: 3 },
      { ...first, n: 2 ** 40 },
      { ...first, salt: "x" },
    ];
    const withSlots = (slots: unknown[]) => ({ ...encrypted, header: { ...encrypted.header, slots } });
    expect(await readJson(withSlots([...broken, second]), "for backups")).toMatchObject({ ok: true });
    expect(await readJson(withSlots([...broken, second]), "x")).toMatchObject({
      error: { reason: "wrong-passphrase" },
    });
    expect(await readJson(withSlots([{ ...first, n: 2 ** 30 }]), "x")).toMatchObject({
      error: { reason: "too-large" },
    });
    expect(await readJson(withSlots([biometric]), "x")).toMatchObject({ error: { reason: "corrupt" } });
    expect(await readJson(withSlots(Array(40).fill(first)), "x")).toMatchObject({
      error: { reason: "too-large" },
    });
  });

  test("of the first versions names the group in the entry", async () => {
    const [entry] = await entriesOf(readJson(vaultOf({ ...totp, group: "Work" }, { version: 2 })));
    expect(entry?.draft.tags).toEqual(["Work"]);
    const [without] = await entriesOf(
      readJson(vaultOf({ ...totp, group: null, icon: null }, { version: 1 })),
    );
    expect(without?.draft).toMatchObject({ tags: [], issuer: "Example" });
  });

  test("takes an entry that lacks what may be left out, and numbers that are texts", async () => {
    const bare = { type: "TOTP", info: { secret: "jbsw y3dp ehpk 3pxp", digits: "7", period: "20" } };
    const [entry] = await entriesOf(readJson(vaultOf(bare)));
    expect(entry).toMatchObject({
      draft: {
        issuer: "",
        account: "",
        secret: "JBSWY3DPEHPK3PXP",
        algorithm: "SHA1",
        digits: 7,
        period: 20,
      },
      notices: ["no-name"],
    });
    const [pinless] = await entriesOf(
      readJson(vaultOf({ ...totp, type: "motp", info: { secret: "GDW4ZDW24UFGA", algo: "MD5", pin: null } })),
    );
    expect(pinless).toMatchObject({ draft: { type: "motp", pin: null }, notices: ["pin-missing"] });
  });

  test("reports each broken entry and keeps the others", async () => {
    const entries = [null, 1, {}, { ...totp, info: null }, { ...totp, type: "xotp" }, totp];
    expect(await readJson({ ...vaultOf(0), db: { entries } })).toMatchObject({
      value: {
        entries: [{ draft: { issuer: "Example" } }],
        rejected: [
          { reason: "broken-entry" },
          { reason: "broken-entry" },
          { reason: "broken-entry" },
          { reason: "broken-entry", label: "alice" },
          { reason: "unknown-type", detail: "xotp" },
        ],
      },
    });
  });

  test("of a version to come is read as far as it can be, and named as newer where it can't", async () => {
    expect(await readJson(vaultOf(totp, { version: 4 }))).toMatchObject({ value: { entries: [{}] } });
    expect(await readJson(vaultOf({ otp: {} }, { version: 4 }))).toMatchObject({
      error: { reason: "newer-version" },
    });
    expect(await readJson({ ...vaultOf(0), db: { entries: [] } })).toMatchObject({
      error: { reason: "nothing-found" },
    });
    expect(await readJson({ ...vaultOf(0), db: { version: 3 } })).toMatchObject({
      error: { reason: "corrupt" },
    });
  });

  test("never throws, whatever stands in it", async () => {
    const texts = [JSON.stringify(plain), JSON.stringify(encrypted)];
    await fc.assert(
      fc.asyncProperty(jsonMutationsOf(texts), async (text) => expectEntriesOrRefusal(text)),
      { numRuns: 500 },
    );
    await fc.assert(
      fc.asyncProperty(jsonMutationsOf([JSON.stringify(encrypted)]), async (text) =>
        expectEntriesOrRefusal(text, PASSWORD),
      ),
      { numRuns: 60 },
    );
  });

  test("passes the plain collection", (context) => expectTruth("aegis-plain", context));
  test("passes the encrypted collection", (context) => expectTruth("aegis-encrypted", context));
});
