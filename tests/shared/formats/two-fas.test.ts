import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFile } from "../../../shared/formats/read-file.ts";
import { expectTruth } from "../../support/import-truth.ts";
import { jsonMutationsOf } from "./any-json.ts";
import { entriesOf, expectEntriesOrRefusal, formatFixture, formatText, readJson } from "./format-fixture.ts";

const PASSWORD = "pässwörd 密码";
const encrypted = JSON.parse(formatText("2fas-encrypted.2fas"));

function backupOf(service: unknown, more: object = {}) {
  return { services: [service], groups: [], schemaVersion: 4, ...more };
}

describe("a backup of 2FAS", () => {
  test.each([
    ["plain", "2fas.2fas", null],
    ["encrypted", "2fas-encrypted.2fas", PASSWORD],
  ])("is read whole: %s", async (_, name, password) => {
    expect(await readFile(formatFixture(name), password)).toMatchObject({
      ok: true,
      value: {
        format: "2fas",
        entries: [
          {
            draft: {
              type: "totp",
              // The person's own name for it, and not what the code said.
              issuer: "Example",
              account: "alice@example.com",
              algorithm: "SHA256",
              digits: 8,
              period: 60,
              tags: ["Work"],
            },
          },
          {
            draft: {
              type: "hotp",
              issuer: "Bank",
              account: "alice",
              secret: "KRSXG5CTMVRXEZLU",
              counter: 41,
            },
          },
          { draft: { type: "steam", issuer: "Steam", account: "bob", digits: 5, period: 30 } },
        ],
        rejected: [{ label: "Broken: bob", reason: "unknown-algorithm", detail: "SHA224" }],
      },
    });
  });

  test("asks for its password, and knows a wrong one from damage", async () => {
    const bytes = formatFixture("2fas-encrypted.2fas");
    expect(await readFile(bytes, null)).toMatchObject({
      error: { reason: "passphrase-needed", format: "2fas" },
    });
    expect(await readFile(bytes, "password")).toMatchObject({ error: { reason: "wrong-passphrase" } });
    expect(await readFile(bytes, "")).toMatchObject({ error: { reason: "wrong-passphrase" } });
    for (const servicesEncrypted of ["AAAA", "AAAA:AAAA", "!:!:!", "::"]) {
      expect(await readJson({ ...encrypted, servicesEncrypted }, PASSWORD)).toMatchObject({
        error: { reason: "corrupt" },
      });
    }
  });

  test("of the first schemas has neither type nor parameters", async () => {
    const service = {
      name: "Example",
      secret: "JBSWY3DPEHPK3PXP",
      otp: { label: "Example:alice" },
      type: "Unknown",
    };
    const [entry] = await entriesOf(readJson(backupOf(service, { schemaVersion: 1 })));
    expect(entry?.draft).toMatchObject({
      type: "totp",
      account: "alice",
      algorithm: "SHA1",
      digits: 6,
      period: 30,
    });
  });

  test("may lack everything but the secret, have nulls, and name the account in the link alone", async () => {
    const drafts = await Promise.all(
      [
        { secret: "JBSWY3DPEHPK3PXP" },
        { secret: "JBSWY3DPEHPK3PXP", name: null, otp: null, groupId: null },
        { secret: "JBSWY3DPEHPK3PXP", otp: { tokenType: null, digits: null, period: null, algorithm: null } },
        {
          secret: "JBSWY3DPEHPK3PXP",
          name: "Example",
          otp: { link: "otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP" },
        },
      ].map(async (service) => (await entriesOf(readJson(backupOf(service))))[0]?.draft),
    );
    for (const draft of drafts)
      expect(draft).toMatchObject({ type: "totp", algorithm: "SHA1", digits: 6, period: 30 });
    expect(drafts.map((draft) => draft?.account)).toEqual(["", "", "", "alice"]);
  });

  test("of a version to come is read as far as it can be, and named as newer where it can't", async () => {
    const service = { name: "Example", secret: "JBSWY3DPEHPK3PXP" };
    expect(await readJson(backupOf(service, { schemaVersion: 5 }))).toMatchObject({
      value: { entries: [{}] },
    });
    expect(await readJson(backupOf({ key: 1 }, { schemaVersion: 5 }))).toMatchObject({
      error: { reason: "newer-version" },
    });
    expect(await readJson(backupOf(0, { services: [] }))).toMatchObject({
      error: { reason: "nothing-found" },
    });
  });

  test("is not taken for one where a file only has a list of that name", async () => {
    expect(await readJson({ services: [{ name: "web", ports: [80] }] })).toMatchObject({
      error: { reason: "unknown-format" },
    });
  });

  test("never throws, whatever stands in it", async () => {
    const texts = [formatText("2fas.2fas"), formatText("2fas-encrypted.2fas")];
    await fc.assert(
      fc.asyncProperty(jsonMutationsOf(texts), async (text) => expectEntriesOrRefusal(text)),
      { numRuns: 500 },
    );
    await fc.assert(
      fc.asyncProperty(jsonMutationsOf(texts), async (text) => expectEntriesOrRefusal(text, PASSWORD)),
      { numRuns: 60 },
    );
  });

  test("passes the plain collection", (context) => expectTruth("2fas-plain", context));
  test("passes the encrypted collection", (context) => expectTruth("2fas-encrypted", context));
});
