import { describe, expect, test } from "vitest";
import { utf8 } from "../../../shared/bytes.ts";
import { enpassFormat } from "../../../shared/formats/enpass.ts";
import { readFile } from "../../../shared/formats/read-file.ts";
import { expectTolerant, fixtureText } from "../../support/expect-tolerant.ts";

const plain = fixtureText("enpass.json");

describe("an export of Enpass", () => {
  test("gives every field that is a code, but for those that were deleted or are empty", async () => {
    expect(await readFile(utf8(plain), null)).toMatchObject({
      ok: true,
      value: {
        format: "enpass",
        entries: [
          {
            draft: {
              issuer: "Example",
              account: "alice",
              secret: "JBSWY3DPEHPK3PXP",
              note: "kept by alice",
              tags: ["Work"],
              sites: ["login.example.com"],
            },
            pinned: true,
          },
          { draft: { issuer: "Second", account: "alice", algorithm: "SHA256", digits: 8, period: 60 } },
          { draft: { issuer: "Archived", account: "bob" }, trashed: true },
        ],
        rejected: [{ label: "Broken", reason: "secret-not-base32", detail: "" }],
      },
    });
  });

  test("is read whatever else stands in it", () => expectTolerant(enpassFormat, plain));
});
