import { describe, expect, test } from "vitest";
import { utf8 } from "../../../shared/bytes.ts";
import { lastpassAuthenticatorFormat } from "../../../shared/formats/lastpass-authenticator.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { expectTolerant, fixtureText } from "../../support/expect-tolerant.ts";
import { expectTruth } from "../../support/import-truth.ts";

const plain = fixtureText("lastpass-authenticator.json");
const read = (json: unknown) => readFile(utf8(JSON.stringify(json)), null);

describe("an export of LastPass Authenticator", () => {
  test("gives the person's names before the site's, folders as tags, favourites pinned", async () => {
    expect(await readFile(utf8(plain), null)).toMatchObject({
      ok: true,
      value: {
        format: "lastpass-authenticator",
        entries: [
          {
            draft: {
              issuer: "Example",
              account: "alice@example.com",
              algorithm: "SHA256",
              digits: 8,
              period: 60,
              tags: ["Work"],
            },
            pinned: true,
          },
          { draft: { issuer: "100%25 sure", account: "bob", digits: 6, period: 30 }, pinned: true },
          { draft: { issuer: "Other", account: "bob", algorithm: "SHA1", digits: 6, period: 30 } },
        ],
        rejected: [
          { label: "Broken: eve", reason: "unknown-algorithm", detail: "SHA384" },
          { label: "Push: eve", reason: "empty-secret" },
          { label: "", reason: "broken-entry" },
        ],
      },
    });
  });

  test("of the first versions has no folders", async () => {
    const account = {
      issuerName: "Example",
      userName: "alice",
      secret: "JBSWY3DPEHPK3PXP",
      timeStep: 30,
      digits: 6,
    };
    expect(await read({ version: 1, accounts: [account] })).toMatchObject({
      ok: true,
      value: {
        format: "lastpass-authenticator",
        entries: [{ draft: { issuer: "Example", account: "alice" } }],
      },
    });
  });

  test("of a later version is told where nothing of it can be read", async () => {
    expect(await read({ version: 4, localDeviceId: "a", accounts: [{ cipher: "a" }] })).toMatchObject({
      error: { reason: "newer-version" },
    });
    expect(await read({ version: 3, localDeviceId: "a", accounts: [] })).toMatchObject({
      error: { reason: "nothing-found" },
    });
  });

  test("is read whatever else stands in it", () => expectTolerant(lastpassAuthenticatorFormat, plain));
});

test("the collection's lastpass-authenticator-json is read right", (context) =>
  expectTruth("lastpass-authenticator-json", context));
