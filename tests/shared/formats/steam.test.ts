import { describe, expect, test } from "vitest";
import { utf8 } from "../../../shared/bytes.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { steamFormat } from "../../../shared/formats/steam.ts";
import { expectTolerant, fixtureText } from "../../support/expect-tolerant.ts";
import { expectTruth } from "../../support/import-truth.ts";

const plain = fixtureText("steam.json");
const read = (json: unknown) => readFile(utf8(JSON.stringify(json)), null);

describe("an authenticator of Steam", () => {
  test("is known by the name of its account, or by its Steam id", async () => {
    expect(await readFile(utf8(plain), null)).toMatchObject({
      ok: true,
      value: {
        format: "steam",
        entries: [
          {
            draft: {
              type: "steam",
              issuer: "Steam",
              account: "alice",
              secret: "JRZCL47CMXVOQMNPZR2F7J4RGJPK5AY2",
              digits: 5,
            },
          },
          { draft: { account: "76561190000000002" } },
        ],
        rejected: [{ label: "Steam: eve", reason: "secret-not-base32", detail: "" }],
      },
    });
  });

  test("is read from a file of one account, as Steam Desktop Authenticator keeps it", async () => {
    const file = {
      shared_secret: "THIl8+Jl6ugxr8x0X6eRMl6ugxo=",
      account_name: "bob",
      Session: { SteamID: 7656119 },
    };
    expect(await read(file)).toMatchObject({ ok: true, value: { entries: [{ draft: { account: "bob" } }] } });
    const { account_name: _, ...nameless } = file;
    expect(await read(nameless)).toMatchObject({
      ok: true,
      value: { entries: [{ draft: { account: "7656119" } }] },
    });
  });

  test("is read by its URI where the secret is missing", async () => {
    const uri = "otpauth://totp/Steam:bob?secret=JRZCL47CMXVOQMNPZR2F7J4RGI&issuer=Steam";
    expect(await read({ shared_secret: "", uri, account_name: "bob" })).toMatchObject({
      ok: true,
      value: { entries: [{ draft: { secret: "JRZCL47CMXVOQMNPZR2F7J4RGI" } }] },
    });
    expect(await read({ shared_secret: null })).toMatchObject({
      ok: true,
      value: { entries: [], rejected: [{ reason: "no-secret" }] },
    });
  });

  test("is read whatever else stands in it", () => expectTolerant(steamFormat, plain));
});

test("the collection's steam-json is read right", (context) => expectTruth("steam-json", context));
