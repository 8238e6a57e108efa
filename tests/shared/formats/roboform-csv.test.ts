import { expect, test } from "vitest";
import { draftsOf, readFixture } from "../../support/read-sample.ts";

test("RoboForm's codes are found in the fields behind its columns, quoted or not", async () => {
  const read = await readFixture("roboform-csv.csv");
  expect(read).toMatchObject({ ok: true, value: { format: "roboform-csv", rejected: [] } });
  expect(draftsOf(read)).toMatchObject([
    {
      issuer: "Example",
      account: "@alice",
      secret: "JBSWY3DPEHPK3PXP",
      tags: ["Work"],
      sites: ["example.com"],
    },
    { issuer: "Loose", account: "bob", secret: "GEZDGNBVGY3TQOJQ" },
  ]);
});
