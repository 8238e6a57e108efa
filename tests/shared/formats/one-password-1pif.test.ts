import { expect, test } from "vitest";
import { onePasswordPifFormat } from "../../../shared/formats/one-password-1pif.ts";
import { expectTolerant, fixtureText } from "../../support/expect-tolerant.ts";
import { readFixture } from "../../support/read-sample.ts";

test("1Password's older export gives every code of every item, of Windows' kind too", async () => {
  expect(await readFixture("1password-1pif.1pif")).toMatchObject({
    ok: true,
    value: {
      format: "1password-1pif",
      entries: [
        {
          draft: {
            issuer: "Example",
            account: "alice",
            period: 60,
            note: "kept by alice",
            tags: ["Work"],
            sites: ["login.example.com", "example.org"],
          },
          pinned: true,
        },
        { draft: { issuer: "Example", account: "alice", secret: "GEZDGNBVGY3TQOJQ" } },
        {
          draft: { issuer: "Windows", account: "bob", tags: ["Shops"], sites: ["shop.example"] },
          trashed: true,
        },
      ],
      rejected: [{ reason: "broken-entry" }],
    },
  });
});

test("it is read whatever is done to it", () =>
  expectTolerant(onePasswordPifFormat, `***\n${fixtureText("1password-1pif.1pif")}`));
