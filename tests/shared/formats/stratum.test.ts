import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, utf8 } from "../../../shared/bytes.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { codeAt } from "../../../shared/otp/code.ts";
import { ok } from "../../../shared/result.ts";
import { expectTruth } from "../../support/import-truth.ts";
import { jsonMutationsOf } from "./any-json.ts";
import { entriesOf, expectEntriesOrRefusal, formatFixture, formatText, readJson } from "./format-fixture.ts";

const PASSWORD = "pässwörd 密码";

describe("a backup of Stratum", () => {
  test.each([
    ["plain", "stratum.authpro", null],
    ["encrypted", "stratum-encrypted.authpro", PASSWORD],
    ["encrypted in the old way", "stratum-legacy.authpro", PASSWORD],
  ])("is read whole: %s", async (_, name, password) => {
    expect(await readFile(formatFixture(name), password)).toMatchObject({
      ok: true,
      value: {
        format: "stratum",
        entries: [
          {
            draft: {
              type: "totp",
              issuer: "Example",
              account: "alice@example.com",
              algorithm: "SHA256",
              digits: 8,
              period: 60,
              tags: ["Work"],
              icon: expect.stringMatching(/^data:image\/png;base64,/),
            },
          },
          { draft: { type: "hotp", issuer: "Bank", counter: 41, period: null, tags: [] } },
          { draft: { type: "steam", issuer: "Steam", account: "", secret: "MZXW6YTBOI", digits: 5 } },
          { draft: { type: "motp", secret: "GDW4ZDW24UFGA", digits: 6, period: 10, pin: "1234" } },
          { draft: { type: "yandex", issuer: "Yandex", digits: 8, period: 30, pin: "5239" } },
        ],
        rejected: [{ label: "Broken: bob", reason: "unknown-type", detail: "6" }],
      },
    });
  });

  test.each(["stratum-encrypted.authpro", "stratum-legacy.authpro"])(
    "asks for its password, and says what is wrong with it or the file: %s",
    async (name) => {
      const bytes = formatFixture(name);
      expect(await readFile(bytes, null)).toMatchObject({
        error: { reason: "passphrase-needed", format: "stratum" },
      });
      expect(await readFile(bytes, "password")).toMatchObject({ error: { reason: "wrong-passphrase" } });
      expect(await readFile(bytes, "")).toMatchObject({ error: { reason: "wrong-passphrase" } });
      expect(await readFile(bytes.slice(0, 40), "password")).toMatchObject({ error: { reason: "corrupt" } });
      expect(await readFile(bytes.slice(0, 16), "password")).toMatchObject({ error: { reason: "corrupt" } });
    },
  );

  test("had the PIN of Mobile-OTP in the secret once, and took any text for one", async () => {
    const old = { Type: 3, Issuer: "Office", Username: "eve", Algorithm: 0, Digits: 6, Period: 30 };
    const read = (secret: string, more: object = {}) =>
      entriesOf(readJson({ Authenticators: [{ ...old, Secret: secret, ...more }], Categories: [] }));
    const [joined] = await read("e3152afee62599c81234");
    const [apart] = await read("e3152afee62599c8", { Pin: "1234" });
    const [text] = await read("not hexadecimal".replaceAll(" ", "-").padEnd(18, "z"), { Pin: "1" });
    expect(joined).toMatchObject({ draft: { pin: "" }, notices: [] });
    expect(joined && codeAt(joined.draft, 165_892_298_000)).toEqual(ok("e7d8b6"));
    expect(apart && codeAt(apart.draft, 165_892_298_000)).toEqual(ok("e7d8b6"));
    expect(text?.draft.type).toBe("motp");
    expect((await read("e3152afee62599c8", { Pin: null }))[0]?.notices).toEqual(["pin-missing"]);
  });

  test("may be the page that it makes for printing", async () => {
    const entries = await entriesOf(readFile(formatFixture("stratum-page.html"), null));
    expect(entries).toMatchObject([
      {
        line: null,
        draft: { issuer: "Example", account: "alice@example.com", algorithm: "SHA256", period: 60 },
      },
      { line: null, draft: { type: "motp", issuer: "Office", pin: null }, notices: ["pin-missing"] },
    ]);
    const escaped = formatText("stratum-page.html").replaceAll("&", "&amp;");
    expect(await entriesOf(readFile(utf8(escaped), null))).toEqual(entries);
    expect(await readFile(utf8("<!doctype html><code>x</code>"), null)).toMatchObject({ ok: false });
  });

  test("is nothing without an account, and damaged without a list of them", async () => {
    expect(await readJson({ Authenticators: [], Categories: [] })).toMatchObject({
      error: { reason: "nothing-found" },
    });
    expect(await readJson({ Authenticators: [null, 1, {}] })).toMatchObject({
      value: { rejected: [{}, {}, {}] },
    });
  });

  test("never throws, whatever stands in it", async () => {
    await fc.assert(
      fc.asyncProperty(jsonMutationsOf([formatText("stratum.authpro")]), async (text) =>
        expectEntriesOrRefusal(text),
      ),
      { numRuns: 500 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 120 }), async (rest) => {
        const bytes = concatBytes(utf8("AuthenticatorPro"), rest);
        expect(await readFile(bytes, "x")).toMatchObject({ ok: false });
      }),
      { numRuns: 50 },
    );
  });

  test("passes the plain collection", (context) => expectTruth("stratum-json", context));
  test("passes the encrypted collection", (context) => expectTruth("stratum-encrypted", context));
  test("passes the collection of the old encryption", (context) =>
    expectTruth("stratum-encrypted-legacy", context));
});
