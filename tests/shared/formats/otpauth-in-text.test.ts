import fc from "fast-check";
import { expect, test } from "vitest";
import { formatMigrationUris } from "../../support/format-migration-uris.ts";
import { readFixture, readText } from "../../support/read-sample.ts";
import { expectEntriesOrRefusal } from "./format-fixture.ts";

const ALICE = {
  type: "totp",
  issuer: "Example",
  account: "alice",
  secret: "JBSWY3DPEHPK3PXP",
  algorithm: "SHA1",
  digits: 6,
  period: 30,
  counter: null,
  pin: null,
} as const;
const alice = "otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example";
const bob = "otpauth://totp/Example:bob%20b?secret=GEZDGNBVGY3TQOJQ";

async function accountsOf(text: string) {
  const read = await readText(text);
  if (!read.ok) return read.error.reason;
  return [read.value.format, ...read.value.entries.map(({ draft, line }) => [line, draft.account])];
}

test("addresses are found amid what people write around them", async () => {
  expect(await readFixture("otpauth-in-text.md")).toMatchObject({
    ok: true,
    value: {
      format: "otpauth-in-text",
      entries: [
        { line: 3, draft: { issuer: "Example", account: "alice" } },
        { line: 4, draft: { issuer: "Shop", account: "bob" } },
        { line: 5, draft: { type: "hotp", account: "eve", counter: 7 } },
      ],
      rejected: [],
    },
  });
});

test.each([
  ["lines in quotes", `"${alice}"\n"${bob}"\n`, [1, 2]],
  ["one column of a table", `uri\r\n"${alice}"\r\n"${bob}"`, [2, 3]],
  ["a label with blanks in quotes", `'${alice}'\n"${bob.replace("%20", " ")}"`, [1, 2]],
  ["a page", `<ul><li>${alice.replace("&", "&amp;")}</li>\n<li><a href="${bob}">x</a></li></ul>`, [1, 2]],
  ["lines of JSON", `{"a":"${alice.replaceAll("/", "\\/")}"}\n{"a":"${bob}"}`, [1, 2]],
  ["settings", `codes:\n  alice: ${alice}\n  bob: '${bob}'`, [2, 3]],
])("so are %s", async (_, text, [one, two]) => {
  expect(await accountsOf(text)).toEqual(["otpauth-in-text", [one, "alice"], [two, "bob b"]]);
});

test("cells of a table may have quotes of their own, or words around an address", async () => {
  expect(await accountsOf(`"${alice}",\n'${bob}',`)).toEqual(["csv", [null, "alice"], [null, "bob b"]]);
});

test("a list of addresses may have lines of that kind, too", async () => {
  expect(await accountsOf(`${alice}\n"${bob}"\n2) ${bob}`)).toEqual([
    "otpauth-list",
    [1, "alice"],
    [2, "bob b"],
    [3, "bob b"],
  ]);
});

test("codes of Google Authenticator may stand in JSON", async () => {
  const { uris } = formatMigrationUris([ALICE], 1);
  const read = await readText(JSON.stringify({ codes: uris }));
  expect(read).toMatchObject({
    ok: true,
    value: { entries: [{ draft: { account: "alice" } }], parts: uris },
  });
});

test("an address that a page shows and leads to is one", async () => {
  expect(await accountsOf(`<html><a href="${bob}">${bob}</a></html>`)).toEqual([
    "otpauth-in-text",
    [1, "bob b"],
  ]);
});

test("a text that only speaks of such addresses is none", async () => {
  for (const text of ["They begin with otpauth://totp/ here", "otpauth-migration:// is Google's", "secret=A"])
    expect(await accountsOf(`See: ${text}`)).toBe("unknown-format");
});

test("no text makes the reader throw or wait", async () => {
  const pieces = fc.constantFrom(
    '"',
    "'",
    "<",
    "\\",
    ",",
    " ",
    "\n",
    "&amp;",
    "otpauth:\\/\\/",
    alice,
    bob,
    "secret=",
  );
  await fc.assert(fc.asyncProperty(fc.array(pieces), (parts) => expectEntriesOrRefusal(parts.join(""))));
  const begun = performance.now();
  await expectEntriesOrRefusal(`x "otpauth://totp/a?secret=`.repeat(60_000));
  await expectEntriesOrRefusal("otpauth://secret=".repeat(1_000_000));
  expect(performance.now() - begun).toBeLessThan(20_000);
});
