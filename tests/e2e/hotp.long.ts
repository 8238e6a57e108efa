import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { pastedText } from "./steps/clipboard.ts";
import { expectedHotpCode } from "./steps/expected-code.ts";
import { fillByEnter, submit, toastOf } from "./steps/fill.ts";
import { closePopup, keepFound } from "./steps/keep.ts";
import { scanPage, shownDrafts } from "./steps/scan.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import { enrolAndRestore } from "./steps/type-in.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  const accounts = ["bob", "alice+look", "alice+held", "alice+double"].map((name) => ({
    account: `${name}@example.com`,
    asked: { type: "hotp", counter: "5" },
  }));
  await enrolAndRestore(stage.browser, stage.site, accounts);
});
afterEach(() => stage.clearTabs());
afterAll(() => stage?.close());

/** Opens the popup where no field takes a code, so that a press copies. */
async function openOverPlainPage(account: string): Promise<Page> {
  const popup = await stage.browser.pressAction(
    await stage.browser.openPage(`${stage.site.origin}/enroll/no-code`),
  );
  await popup.getByRole("combobox").fill(account);
  await popup.locator(".row").waitFor();
  return popup;
}

describe("an account that counts", () => {
  test("is scanned with its counter, and signs in once per press, in order", async () => {
    const account = "alice@example.com";
    const enrolment = await stage.openEnrolment("png", { account, type: "hotp", counter: "5" });
    const popup = await scanPage(stage.browser, enrolment);
    const [draft] = await shownDrafts(popup);
    expect(draft?.parameters).toContain("counter 5");
    expect(draft?.code).toBe(expectedHotpCode(stage.site, account, 5));
    await keepFound(popup);
    await closePopup(popup);

    for (const counter of [5, 6, 7]) {
      const signIn = await stage.openSignIn("single", account);
      await fillByEnter(stage.browser, signIn, account);
      const filled = await signIn.getByLabel("Authentication code").inputValue();
      expect(filled).toBe(expectedHotpCode(stage.site, account, counter));
      expect(await submit(signIn)).toBe("accepted");
    }
  });

  test("shows no code before one is asked for", async () => {
    const account = "bob@example.com";
    const popup = await openOverPlainPage(account);
    expect(await popup.locator(".row .code").count()).toBe(0);
    await popup.getByText("Get code").waitFor();
    await popup.keyboard.press("Enter");
    expect(await toastOf(popup)).toContain("is copied");
    const code = expectedHotpCode(stage.site, account, 5);
    await popup.locator(`.row .code[data-code="${code}"]`).waitFor();
    expect(await pastedText(stage.browser.context)).toBe(code);
  });

  test("opening and closing the popup counts nothing", async () => {
    const account = "alice+look@example.com";
    for (let time = 0; time < 2; time++) await closePopup(await openOverPlainPage(account));
    const popup = await openOverPlainPage(account);
    await popup.keyboard.press("Enter");
    await popup.locator(`.row .code[data-code="${expectedHotpCode(stage.site, account, 5)}"]`).waitFor();
  });
});

describe("one press is one step", () => {
  /** What the next press gives, once the popup has come to rest: each step too many would show here. */
  async function expectNextCounter(popup: Page, account: string, counter: number): Promise<void> {
    await popup.getByText("is copied").first().waitFor();
    await popup.waitForTimeout(300);
    await popup.keyboard.press("Enter");
    const code = expectedHotpCode(stage.site, account, counter);
    await popup.locator(`.row .code[data-code="${code}"]`).waitFor({ timeout: 5_000 });
  }

  test("with the key held down", async () => {
    const account = "alice+held@example.com";
    const popup = await openOverPlainPage(account);
    // Without going up in between, further presses are what a held key sends.
    for (let time = 0; time < 5; time++) await popup.keyboard.down("Enter");
    await popup.keyboard.up("Enter");
    await expectNextCounter(popup, account, 6);
  });

  test("with a double click", async () => {
    const account = "alice+double@example.com";
    const popup = await openOverPlainPage(account);
    await popup.locator(".row").dblclick();
    await expectNextCounter(popup, account, 6);
  });
});
