import { expect, test } from "vitest";
import { expectTruth } from "../../support/import-truth.ts";
import { readFixture } from "../../support/read-sample.ts";

test("Google Authenticator's database is read, and what only the phone opens is said", async () => {
  expect(await readFixture("google-authenticator-database.sqlite")).toMatchObject({
    ok: true,
    value: {
      format: "google-authenticator-database",
      entries: [
        {
          draft: { type: "totp", issuer: "Example", account: "alice", digits: 6, period: 30, counter: null },
        },
        {
          draft: {
            type: "hotp",
            issuer: "Old",
            account: "bob@example.org",
            secret: "GEZDGNBVGY3TQOJQ",
            counter: 7,
          },
        },
      ],
      rejected: [
        { label: "Sealed: eve", reason: "secret-hidden" },
        { label: "Broken: eve", reason: "secret-not-base32" },
        { label: "Unknown: eve", reason: "unknown-type", detail: "2" },
      ],
    },
  });
});

test("the samples of google-authenticator-sqlite give what they hold", (context) =>
  expectTruth("google-authenticator-sqlite", context));
