import { expect, test } from "vitest";
import { expectTruth } from "../../support/import-truth.ts";
import { draftsOf, readFixture } from "../../support/read-sample.ts";

test("Keeper's table without a header is read, with older fields and with those that have types", async () => {
  const read = await readFixture("keeper-csv.csv");
  expect(read).toMatchObject({ ok: true, value: { format: "keeper-csv", rejected: [] } });
  expect(draftsOf(read)).toMatchObject([
    {
      issuer: "Example",
      account: "alice",
      note: "a note",
      tags: ["Work\\Mail", "Team"],
      sites: ["example.com"],
    },
    { issuer: "With types", account: "bob", digits: 8 },
  ]);
});

test("the samples of keeper-csv give what they hold", (context) => expectTruth("keeper-csv", context));
