import fc from "fast-check";
import { expect, test } from "vitest";
import { readFixture, readText } from "../../support/read-sample.ts";
import { jsonMutationsOf } from "./any-json.ts";
import { expectEntriesOrRefusal, formatText } from "./format-fixture.ts";

const alice = "otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP";

test("JSON of no program that is known is read by what its fields are called", async () => {
  expect(await readFixture("json.json")).toMatchObject({
    ok: true,
    value: {
      format: "json",
      entries: [
        {
          draft: {
            issuer: "Example",
            account: "alice",
            secret: "JBSWY3DPEHPK3PXP",
            algorithm: "SHA256",
            digits: 8,
            period: 60,
            tags: ["work", "mail"],
          },
          pinned: true,
        },
        { draft: { issuer: "Shop", account: "bob", sites: ["shop.example"] } },
        { draft: { type: "hotp", issuer: "Counted", account: "eve", counter: 7 } },
      ],
      rejected: [{ label: "Broken", reason: "secret-not-base32" }],
    },
  });
});

test.each([
  [
    "a list of addresses",
    JSON.stringify([alice, "nothing", alice.replace("alice", "bob")]),
    ["alice", "bob"],
  ],
  ["addresses by name", JSON.stringify({ example: alice }), ["alice"]],
  ["a list of Steam's", JSON.stringify(["steam://JBSWY3DPEHPK3PXP"]), [""]],
])("so is %s", async (_, text, accounts) => {
  const read = await readText(text);
  expect(read.ok && read.value.entries.map(({ draft }) => draft.account)).toEqual(accounts);
});

test("JSON that only speaks of secrets is none", async () => {
  for (const json of [
    { secret: "hunter2" },
    { uri: "steam://run/440" },
    [{ password: "x" }],
    ["https://x.example"],
  ])
    expect(await readText(JSON.stringify(json))).toMatchObject({ error: { reason: "unknown-format" } });
});

test("whatever stands in it is read or refused, and how deep it is takes no stack", async () => {
  await fc.assert(
    fc.asyncProperty(jsonMutationsOf([formatText("json.json")]), (text) => expectEntriesOrRefusal(text)),
  );
  const deep = `${"[".repeat(20_000)}"${alice}"${"]".repeat(20_000)}`;
  await expectEntriesOrRefusal(deep);
});
