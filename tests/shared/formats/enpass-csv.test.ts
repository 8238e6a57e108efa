import { expect, test } from "vitest";
import { draftsOf, readFixture, readText } from "../../support/read-sample.ts";

test("Enpass's names and values by turns are read", async () => {
  const read = await readFixture("enpass-csv.csv");
  expect(read).toMatchObject({ ok: true, value: { format: "enpass-csv", rejected: [] } });
  expect(draftsOf(read)).toMatchObject([
    {
      issuer: "Example",
      account: "alice",
      secret: "JBSWY3DPEHPK3PXP",
      note: "a note",
      sites: ["example.com"],
    },
    { issuer: "Uri", account: "bob", digits: 8 },
  ]);
});

test("a table of Enpass without codes has nothing to take over", async () => {
  const table = '"Title","Field","Value","Note"\n"Example","Username","alice","a note"';
  expect(await readText(table)).toMatchObject({ ok: false, error: { reason: "nothing-found" } });
});
