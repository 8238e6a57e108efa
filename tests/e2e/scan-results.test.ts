import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { isThorough, thoroughTest } from "../support/thorough.ts";
import { expectedCodes } from "./steps/expected-code.ts";
import { closePopup, keepFound, scanAndKeep } from "./steps/keep.ts";
import { scanPage, shownDrafts } from "./steps/scan.ts";
import { openStage, type Stage } from "./steps/stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.clearTabs());
afterAll(() => stage?.close());

describe("several codes on one page", () => {
  test("come as a list with ticks; one that is here already is named and not ticked", async () => {
    const page = await stage.openEnrolment("two-codes", {
      account: "alice@example.com",
      account2: "bob@example.com",
    });

    const first = await scanPage(stage.browser, page);
    expect((await shownDrafts(first)).map(({ account }) => account).sort()).toEqual([
      "alice@example.com",
      "bob@example.com",
    ]);
    const ticks = first.getByRole("checkbox");
    expect(await ticks.evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).checked))).toEqual(
      [true, true],
    );
    await first.getByRole("checkbox", { name: /bob@example\.com/ }).uncheck();
    await keepFound(first, "later");
    expect(await first.locator(".row").count()).toBe(1);
    await closePopup(first);

    const second = await scanPage(stage.browser, page);
    await second.getByText("Here already: Harbour, alice@example.com").waitFor();
    expect(await second.getByRole("checkbox", { name: /alice@example\.com/ }).isChecked()).toBe(false);
    expect(await second.getByRole("checkbox", { name: /bob@example\.com/ }).isChecked()).toBe(true);
    await second.getByRole("button", { name: "Keep 1 account" }).click();
    await expect.poll(() => second.locator(".row").count()).toBe(2);
    await closePopup(second);
  });

  thoroughTest("nothing ticked keeps nothing", async () => {
    const page = await stage.openEnrolment("two-codes", {
      account: "alice+3@example.com",
      account2: "bob+3@example.com",
    });
    const popup = await scanPage(stage.browser, page);
    for (const tick of await popup.getByRole("checkbox").all()) await tick.uncheck();
    expect(await popup.getByRole("button", { name: /^Keep/ }).isDisabled()).toBe(true);
  });
});

describe("an account that the site has given a new key", () => {
  const account = "alice+anew@example.com";

  test("is named, and takes the place of the old one, which goes to the trash", async () => {
    const first = await scanPage(stage.browser, await stage.openEnrolment("png", { account }));
    await keepFound(first, "later");
    await closePopup(first);

    // Enrolling again, the site makes another key.
    const popup = await scanPage(stage.browser, await stage.openEnrolment("png", { account }));
    await popup.getByText(`You already have Harbour, ${account}, with another key.`).waitFor();
    await popup.getByRole("button", { name: "Replace the old key" }).click();
    const row = popup.locator(".row", { hasText: account });
    await row.locator("[data-code]").first().waitFor();
    expect(await row.count()).toBe(1);
    const code = await row.locator("[data-code]").first().getAttribute("data-code");
    expect(expectedCodes(stage.site, account)).toContain(code);
    await closePopup(popup);

    const trash = await stage.browser.openExtensionPage("page.html#/trash");
    await trash.getByText(account).waitFor();
  });
});

/** What stands on the page, the reason the popup has to give, and the steps it has to offer. */
const FAILURES = [
  {
    page: "no-code",
    why: /Nothing here looks like a QR code\./,
    next: ["Scan again", "Open an image", "Type it in"],
  },
  { page: "link-code", why: /only a web link/, next: ["Scan again", "Type it in"] },
  { page: "other-app", why: /Microsoft/, next: ["Scan again"], advice: /another authenticator app/ },
] as const;

const SAID = FAILURES.filter(({ page }) => isThorough || page === "no-code");

describe("a scan that gives nothing says why and what next", () => {
  test.each(SAID)("$page", async ({ page, why, next, ...more }) => {
    const popup = await scanPage(stage.browser, await stage.openEnrolment(page));
    const alert = popup.getByRole("alert");
    expect(await alert.innerText()).toMatch(why);
    if ("advice" in more) expect(await alert.innerText()).toMatch(more.advice);
    for (const name of next) expect(await popup.getByRole("button", { name }).count(), name).toBe(1);
    expect(await shownDrafts(popup)).toEqual([]);
  });

  thoroughTest(
    "a picture of another site that is drawn too small, until the page is made larger",
    async () => {
      // Only the screenshot shows pictures of other sites: what is small there can't be read in full size elsewhere.
      const page = await stage.openEnrolment("cross-origin-image", { account: "alice+small@example.com" });
      await page.addStyleTag({ content: "img.qr { width: 36px; height: 36px }" });
      const popup = await scanPage(stage.browser, page);
      const said = await popup.getByRole("alert").innerText();
      expect(said).toMatch(/too small/);
      expect(said).toMatch(/larger with Ctrl and \+/);
      await popup.getByRole("button", { name: "Type it in" }).waitFor();

      await page.addStyleTag({ content: "img.qr { width: 220px; height: 220px }" });
      await popup.getByRole("button", { name: "Scan again" }).click();
      await popup.locator(".draft").waitFor({ timeout: 20_000 });
      expect((await shownDrafts(popup))[0]?.account).toBe("alice+small@example.com");
    },
  );
});

describe("a code that the page draws tiny", () => {
  test("is read from the picture's own pixels", async () => {
    const popup = await scanPage(
      stage.browser,
      await stage.openEnrolment("tiny", { account: "alice+tiny@example.com" }),
    );
    expect((await shownDrafts(popup))[0]?.account).toBe("alice+tiny@example.com");
  });
});

describe("what a scan leaves behind", () => {
  test("the page is as it was, and nothing was fetched but by the page itself", async () => {
    const page = await stage.openEnrolment("image-file", { account: "alice+quiet@example.com" });
    const before = await page.content();
    const requests = stage.browser.networkLog.requests.length;
    await scanAndKeep(stage.browser, page);
    expect(await page.content()).toBe(before);
    expect(stage.browser.networkLog.requests.slice(requests)).toEqual([]);
  });
});
