import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFile } from "../../../shared/formats/read-file.ts";
import { expectTruth } from "../../support/import-truth.ts";
import { jsonMutationsOf } from "./any-json.ts";
import { entriesOf, expectEntriesOrRefusal, formatFixture, formatText, readJson } from "./format-fixture.ts";

function exportOf(...data: unknown[]) {
  return { app: "2fauth_v5.4.3", schema: 1, data };
}

describe("an export of 2FAuth", () => {
  test("is read whole", async () => {
    expect(await readFile(formatFixture("2fauth.json"), null)).toMatchObject({
      ok: true,
      value: {
        format: "2fauth",
        entries: [
          {
            draft: {
              type: "totp",
              issuer: "Example",
              account: "alice@example.com",
              algorithm: "SHA256",
              digits: 8,
              period: 60,
              icon: expect.stringMatching(/^data:image\/png;base64,/),
            },
          },
          { draft: { type: "hotp", issuer: "Bank", account: "alice", counter: 41, period: null } },
          { draft: { type: "steam", issuer: "", account: "bob", secret: "MZXW6YTBOI", digits: 5 } },
        ],
        rejected: [{ label: "Broken: bob", reason: "secret-not-base32", detail: "" }],
      },
    });
  });

  test("may have nulls and numbers that are texts; Steam's hash is SHA-1 whatever stands there", async () => {
    const [totp, steam] = await entriesOf(
      readJson(
        exportOf(
          {
            otp_type: "totp",
            account: null,
            service: null,
            secret: "jbswy3dpehpk3pxp",
            digits: "8",
            algorithm: null,
            period: "60",
          },
          {
            otp_type: "steamtotp",
            service: "Steam",
            secret: "JBSWY3DPEHPK3PXP",
            digits: 5,
            algorithm: "sha256",
            period: 30,
          },
        ),
      ),
    );
    expect(totp).toMatchObject({ draft: { digits: 8, period: 60, algorithm: "SHA1" }, notices: ["no-name"] });
    expect(steam?.draft.algorithm).toBe("SHA1");
  });

  test("of a version to come is read as far as it can be, and named as newer where it can't", async () => {
    const account = { otp_type: "totp", service: "Example", secret: "JBSWY3DPEHPK3PXP" };
    expect(await readJson({ ...exportOf(account), schema: 2 })).toMatchObject({ value: { entries: [{}] } });
    expect(await readJson({ ...exportOf({}), schema: 2 })).toMatchObject({
      error: { reason: "newer-version" },
    });
    expect(await readJson(exportOf())).toMatchObject({ error: { reason: "nothing-found" } });
    expect(await readJson(exportOf(null, account))).toMatchObject({
      value: { entries: [{}], rejected: [{ reason: "broken-entry" }] },
    });
  });

  test("never throws, whatever stands in it", async () => {
    await fc.assert(
      fc.asyncProperty(jsonMutationsOf([formatText("2fauth.json")]), async (text) =>
        expectEntriesOrRefusal(text),
      ),
      { numRuns: 500 },
    );
  });

  test("passes the collection", (context) => expectTruth("2fauth-json", context));
});
