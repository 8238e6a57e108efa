import { describe, expect, test } from "vitest";
import { utf8 } from "../../../shared/bytes.ts";
import { duoFormat } from "../../../shared/formats/duo.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { expectTolerant, fixtureText } from "../../support/expect-tolerant.ts";

const plain = fixtureText("duo.json");

describe("the accounts of Duo Mobile", () => {
  test("are totp, or hotp where they have a counter; what is confirmed by a tap has no code", async () => {
    expect(await readFile(utf8(plain), null)).toMatchObject({
      ok: true,
      value: {
        format: "duo",
        entries: [
          { draft: { type: "totp", issuer: "", account: "Example alice", digits: 6, period: 30 } },
          { draft: { type: "hotp", account: "Counter", counter: 7 } },
        ],
        rejected: [
          { label: "A company", reason: "duo-push" },
          { label: "Broken", reason: "secret-not-base32", detail: "" },
        ],
      },
    });
  });

  test("are read whatever else stands in it", () => expectTolerant(duoFormat, plain));
});
