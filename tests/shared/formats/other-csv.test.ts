import { expect, test } from "vitest";
import { draftsOf, readFixture, readText } from "../../support/read-sample.ts";

const SECRET = "JBSWY3DPEHPK3PXP";

test("a table of an unknown program is read by what its columns are called, in Chinese too", async () => {
  expect(await readFixture("csv.csv")).toMatchObject({
    ok: true,
    value: {
      format: "csv",
      entries: [
        {
          draft: {
            issuer: "示例",
            account: "alice",
            algorithm: "SHA256",
            digits: 8,
            period: 60,
            tags: ["工作"],
          },
        },
        {
          draft: { type: "hotp", issuer: "Example", account: "bob", counter: 0 },
          notices: ["no-counter-assumed-0"],
        },
      ],
      rejected: [{ label: "Broken: eve", reason: "unknown-algorithm", detail: "MD5" }],
    },
  });
});

test("1Password's columns in another language are known by their names", async () => {
  const read = await readText(
    `"Titel","Website","Benutzername","Passwort","Einmalpasswort"\n"Beispiel","https://example.com","alice","x","${SECRET}"`,
  );
  expect(draftsOf(read)).toMatchObject([
    { issuer: "Beispiel", account: "alice", secret: SECRET, sites: ["example.com"] },
  ]);
});

test("URIs in any column are read, and every one of a row", async () => {
  const [first, second] = ["Example:alice", "Other:bob"].map(
    (label) => `otpauth://totp/${label}?secret=${SECRET}`,
  );
  const read = await readText(`what,one,two\nmine,${first},${second}\nnothing,,`);
  expect(draftsOf(read).map(({ issuer }) => issuer)).toEqual(["Example", "Other"]);
});

test("a table that begins with its first row is read", async () => {
  const read = await readText(`"Example","alice","otpauth://totp/Example:alice?secret=${SECRET}"`);
  expect(draftsOf(read)).toMatchObject([{ issuer: "Example", account: "alice" }]);
});

test("other texts with commas are no tables of codes", async () => {
  for (const text of [
    "a, b, c",
    "Dear alice, your otp, bob",
    "first,second\n1,2",
    ",,,\n,,,",
    '{"otp":1}, {',
  ]) {
    expect(await readText(text)).toMatchObject({ ok: false, error: { reason: "unknown-format" } });
  }
});
