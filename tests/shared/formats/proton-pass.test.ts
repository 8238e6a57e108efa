import { describe, expect, test } from "vitest";
import { utf8 } from "../../../shared/bytes.ts";
import { protonPassFormat } from "../../../shared/formats/proton-pass.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { expectTolerant, fixtureText } from "../../support/expect-tolerant.ts";
import { zip } from "../../support/zip.ts";

const plain = fixtureText("proton-pass.json");
const zipped = (name: string, text: string) => new Uint8Array(zip([{ name, bytes: Buffer.from(text) }]));

describe("an export of Proton Pass", () => {
  test("gives every code of an item, those in fields and sections too", async () => {
    const file = await readFile(zipped("Proton Pass/data.json", plain), null);
    expect(file).toMatchObject({
      ok: true,
      value: {
        format: "proton-pass",
        entries: [
          {
            draft: {
              issuer: "Example",
              account: "alice",
              digits: 8,
              note: "kept by alice",
              tags: ["Personal"],
              sites: ["login.example.com"],
            },
            pinned: true,
          },
          { draft: { issuer: "Example", account: "alice@example.com", secret: "GEZDGNBVGY3TQOJQ" } },
          { draft: { issuer: "Old", account: "bob" }, trashed: true, notices: [] },
          { draft: { issuer: "Custom", account: "", tags: ["Work"] } },
        ],
        rejected: [{ label: "Broken", reason: "digits-out-of-range" }],
      },
    });
    expect(await readFile(utf8(plain), null)).toEqual(file);
  });

  test("for PGP is told apart from one that is broken", async () => {
    expect(await readFile(zipped("Proton Pass/data.pgp", "x"), null)).toMatchObject({
      error: { format: "proton-pass", reason: "pgp-encrypted" },
    });
    expect(await readFile(zipped("Proton Pass/data.json", "{"), null)).toMatchObject({
      error: { format: "proton-pass", reason: "corrupt" },
    });
    expect(await readFile(utf8('{"version":"1","userId":"u","vaults":{}}'), null)).toMatchObject({
      error: { format: "proton-pass", reason: "nothing-found" },
    });
  });

  test("is read whatever else stands in it", () => expectTolerant(protonPassFormat, plain));
});
