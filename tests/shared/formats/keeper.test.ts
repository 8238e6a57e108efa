import { describe, expect, test } from "vitest";
import { utf8 } from "../../../shared/bytes.ts";
import { keeperFormat } from "../../../shared/formats/keeper.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { expectTolerant, fixtureText } from "../../support/expect-tolerant.ts";

const plain = fixtureText("keeper.json");

describe("an export of Keeper", () => {
  test("gives the codes of records with and without a type, one or several", async () => {
    const file = await readFile(utf8(plain), null);
    expect(file).toMatchObject({
      ok: true,
      value: {
        format: "keeper",
        entries: [
          {
            draft: {
              issuer: "Example",
              account: "alice",
              digits: 8,
              note: "kept by alice",
              tags: ["Work", "Team"],
              sites: ["login.example.com"],
            },
          },
          { draft: { issuer: "Two", account: "bob", secret: "JBSWY3DPEHPK3PXP" } },
          { draft: { issuer: "Two", account: "bob", secret: "GEZDGNBVGY3TQOJQ" } },
          { draft: { issuer: "Before", account: "bob" } },
        ],
        rejected: [{ label: "Broken: eve", reason: "secret-not-base32", detail: "" }],
      },
    });
    const { records } = JSON.parse(plain);
    expect(await readFile(utf8(JSON.stringify(records)), null)).toEqual(file);
  });

  test("is read whatever else stands in it", () => expectTolerant(keeperFormat, plain));
});
