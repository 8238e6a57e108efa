import { expect, test } from "vitest";
import { dashlaneFormat } from "../../../shared/formats/dashlane.ts";
import { expectTolerant, fixtureText } from "../../support/expect-tolerant.ts";
import { draftsOf, readFixture, readText } from "../../support/read-sample.ts";

test("Dashlane's JSON gives the codes that are in it", async () => {
  expect(draftsOf(await readFixture("dashlane.json"))).toMatchObject([
    { issuer: "Example", account: "alice", digits: 8, note: "kept by alice", sites: ["login.example.com"] },
    { issuer: "Shop", account: "bob@example.com", secret: "GEZDGNBVGY3TQOJQ", sites: ["shop.example"] },
  ]);
});

test("where there are none, it is said that the export leaves them out", async () => {
  const json = { AUTHENTIFIANT: [{ title: "Example", login: "alice", password: "x" }] };
  expect(await readText(JSON.stringify(json))).toMatchObject({
    error: { reason: "no-codes-in-format", format: "dashlane" },
  });
});

test("it is read whatever is done to it", () => expectTolerant(dashlaneFormat, fixtureText("dashlane.json")));
