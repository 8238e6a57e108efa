import { describe, expect, test } from "vitest";
import { aegisPageFormat } from "../../../shared/formats/aegis-page.ts";
import { entePageFormat } from "../../../shared/formats/ente-page.ts";
import { expectTolerant, fixtureText } from "../../support/expect-tolerant.ts";
import { readFixture, readText } from "../../support/read-sample.ts";

describe("the page that Aegis writes for printing", () => {
  test("gives every row, and says that no period is in it", async () => {
    expect(await readFixture("aegis-page.html")).toMatchObject({
      ok: true,
      value: {
        format: "aegis-page",
        entries: [
          {
            draft: {
              issuer: "Example & sons",
              account: "alice's",
              secret: "JBSWY3DPEHPK3PXP",
              algorithm: "SHA256",
              digits: 8,
              note: "kept by <alice>",
            },
            pinned: true,
          },
          { draft: { type: "hotp", issuer: "Counted", counter: 41 } },
          { draft: { type: "steam", account: "eve", digits: 5 } },
          { draft: { type: "motp", issuer: "Office", pin: "1234", secret: "GDW4ZDW24UFGA" } },
        ],
        rejected: [{ label: "Broken: eve", reason: "unknown-algorithm", detail: "SHA384" }],
        notices: ["period-assumed-30"],
      },
    });
  });

  test("is read whatever is done to it", () =>
    expectTolerant(aegisPageFormat, fixtureText("aegis-page.html")));
});

describe("the page that Ente Auth writes for printing", () => {
  const page = fixtureText("ente-page.html");

  test("gives every code, and says what is not in it", async () => {
    const read = await readText(page);
    expect(read).toMatchObject({
      ok: true,
      value: {
        format: "ente-page",
        entries: [
          {
            draft: {
              issuer: "Example",
              account: "alice",
              algorithm: "SHA256",
              digits: 8,
              note: "kept by alice",
            },
          },
          { draft: { type: "hotp", issuer: "Counted", counter: 0 }, notices: ["no-counter-assumed-0"] },
          { draft: { type: "steam", issuer: "Steam", account: "eve" } },
        ],
        rejected: [],
        notices: ["period-assumed-30"],
      },
    });
    const later = page
      .replaceAll('<div class="otp-entry">', '<table class="otp-entry">')
      .replaceAll("<p>Recovery Code:", '<p class="group">Secret:');
    expect(await readText(later)).toEqual(read);
  });

  test("says where the keys are, if they are in its pictures alone", async () => {
    const early = page.replaceAll(/<p>Recovery Code:.*<\/p>/g, "");
    expect(await readText(early)).toMatchObject({ error: { reason: "pictures-only", format: "ente-page" } });
  });

  test("is read whatever is done to it", () => expectTolerant(entePageFormat, page));
});
