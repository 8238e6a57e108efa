import { describe, expect, test } from "vitest";
import { utf8 } from "../../../shared/bytes.ts";
import { protonAuthenticatorFormat } from "../../../shared/formats/proton-authenticator.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { expectTolerant, fixtureText } from "../../support/expect-tolerant.ts";
import { expectTruth } from "../../support/import-truth.ts";

const plain = fixtureText("proton-authenticator.json");
const encrypted = fixtureText("proton-authenticator-encrypted.json");
const PASSPHRASE = "alice's passphrase";
const read = (json: unknown, passphrase: string | null = null) =>
  readFile(utf8(JSON.stringify(json)), passphrase);

describe("an export of Proton Authenticator", () => {
  test("gives URIs, with the names that stand beside them", async () => {
    expect(await readFile(utf8(plain), null)).toMatchObject({
      ok: true,
      value: {
        format: "proton-authenticator",
        entries: [
          { draft: { issuer: "Example", account: "alice", digits: 8, note: "kept by alice" } },
          { draft: { type: "steam", issuer: "Steam", account: "bob", secret: "JRZCL47CMXVOQMNPZR2F7J4RGI" } },
          {
            draft: { type: "steam", issuer: "Steam", account: "base64" },
            notices: ["secret-read-as-base64"],
          },
          { draft: { issuer: "", account: "no label" }, notices: [] },
        ],
        rejected: [
          { label: "eve", reason: "unknown-algorithm", detail: "MD5" },
          { label: "", reason: "broken-entry" },
        ],
      },
    });
  });

  test("opens by its passphrase where it is encrypted", async () => {
    expect(await readFile(utf8(encrypted), null)).toMatchObject({ error: { reason: "passphrase-needed" } });
    expect(await readFile(utf8(encrypted), PASSPHRASE)).toEqual(await readFile(utf8(plain), null));
    expect(await readFile(utf8(encrypted), "alice")).toMatchObject({ error: { reason: "wrong-passphrase" } });
    expect(await read({ ...JSON.parse(encrypted), version: 2 }, "alice")).toMatchObject({
      error: { reason: "newer-version" },
    });
    expect(await read({ version: 1, salt: "?", content: "?" }, "alice")).toMatchObject({
      error: { format: "proton-authenticator", reason: "corrupt" },
    });
  });

  test("of a later version is read where it can be", async () => {
    const { entries } = JSON.parse(plain);
    expect(await read({ version: 2, entries })).toMatchObject({ ok: true });
    expect(await read({ version: 2, entries: [{ content: { uri: {} } }] })).toMatchObject({
      error: { reason: "newer-version" },
    });
    expect(await read({ version: 1, entries: [] })).toMatchObject({ error: { reason: "nothing-found" } });
  });

  test("is read whatever else stands in it", () => expectTolerant(protonAuthenticatorFormat, plain));
});

for (const folder of ["proton-authenticator-json", "proton-authenticator-encrypted"]) {
  test(`the collection's ${folder} is read right`, (context) => expectTruth(folder, context));
}
