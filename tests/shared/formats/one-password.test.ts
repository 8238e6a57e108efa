import { describe, expect, test } from "vitest";
import { utf8 } from "../../../shared/bytes.ts";
import { onePasswordFormat } from "../../../shared/formats/one-password.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { expectTolerant, fixtureText } from "../../support/expect-tolerant.ts";
import { zip } from "../../support/zip.ts";

const plain = fixtureText("1password.json");

function pux(data: string) {
  return new Uint8Array(
    zip([
      { name: "export.attributes", bytes: Buffer.from('{"version":3}') },
      { name: "export.data", bytes: Buffer.from(data) },
      { name: "files/a__otpauth.txt", bytes: Buffer.from("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP") },
    ]),
  );
}

describe("an export of 1Password", () => {
  test("gives every code of every item, with its vault and tags, archived ones as such", async () => {
    const file = await readFile(pux(plain), null);
    expect(file).toMatchObject({
      ok: true,
      value: {
        format: "1password",
        entries: [
          {
            draft: {
              issuer: "Example",
              account: "alice",
              digits: 8,
              note: "kept by alice",
              tags: ["Personal", "Work"],
              sites: ["login.example.com", "example.org"],
            },
            pinned: true,
          },
          { draft: { issuer: "Example", account: "alice", secret: "GEZDGNBVGY3TQOJQ" } },
          { draft: { issuer: "Example", account: "alice", secret: "MFRGGZDFMZTWQ2LK" } },
          { draft: { issuer: "Archived" }, trashed: true },
        ],
        rejected: [{ label: "Broken", reason: "secret-not-base32", detail: "" }],
      },
    });
    expect(await readFile(utf8(plain), null)).toEqual(file);
  });

  test("that is broken or empty is told by what it is", async () => {
    expect(await readFile(pux("{"), null)).toEqual({
      ok: false,
      error: { format: "1password", reason: "corrupt" },
    });
    expect(await readFile(pux('{"accounts":[]}'), null)).toEqual({
      ok: false,
      error: { format: "1password", reason: "nothing-found" },
    });
  });

  test("is read whatever else stands in it", () => expectTolerant(onePasswordFormat, plain));
});
