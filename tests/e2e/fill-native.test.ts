import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { hasXvfb, type Screen, startXvfb } from "../support/xvfb.ts";
import { pastedText } from "./steps/clipboard.ts";
import { chooseOurMenu, middleOf } from "./steps/context-menu.ts";
import { expectedHotpCode } from "./steps/expected-code.ts";
import { submissionsOf, submit, toastOf } from "./steps/fill.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import { enrolQuietly, keepTyped } from "./steps/type-in.ts";

describe.skipIf(!hasXvfb())("filling by key and menu, in a real window (needs xvfb and xdotool)", () => {
  let screen: Screen;
  let stage: Stage;

  beforeAll(async () => {
    screen = await startXvfb();
    stage = await openStage({ screen });
    // One that counts, so that each of its codes is good for one test.
    await keep("alice@example.com");
  });
  afterEach(() => stage.clearTabs());
  afterAll(async () => {
    await stage?.close();
    await screen?.stop();
  });

  async function keep(account: string): Promise<void> {
    const page = await stage.openSignIn("single", account);
    const { uri } = await enrolQuietly(stage.site, { account, type: "hotp", counter: "0" });
    await keepTyped(stage.browser, page, uri);
  }

  async function openInFront(variant: string, account: string): Promise<Page> {
    const page = await stage.openSignIn(variant, account);
    await screen.focusWindow();
    return page;
  }

  function badge(): Promise<string> {
    return stage.browser.serviceWorker().then((worker) =>
      worker.evaluate(() =>
        (
          globalThis as unknown as {
            chrome: { action: { getBadgeText(details: object): Promise<string> } };
          }
        ).chrome.action.getBadgeText({}),
      ),
    );
  }

  test("the key alone fills where one account belongs to the site, and ticks the icon", async () => {
    const page = await openInFront("single", "alice@example.com");
    await stage.browser.killWorker();
    await screen.pressKeys("alt+shift+f");
    await expect.poll(() => page.getByLabel("Authentication code").inputValue()).toMatch(/^\d{6}$/);
    await expect.poll(badge).toBe("✓");
    expect(await stage.browser.isPopupOpen()).toBe(false);
    expect(await submissionsOf(page)).toBe(0);
    expect(await submit(page)).toBe("accepted");
  });

  test("the field's own menu fills that field", async () => {
    const page = await openInFront("login-form", "alice@example.com");
    await stage.browser.killWorker();
    await chooseOurMenu(screen, page, await middleOf(page.getByLabel("Two-factor code")), "field");
    await expect.poll(() => page.getByLabel("Two-factor code").inputValue()).toMatch(/^\d{6}$/);
    expect(await submit(page)).toBe("accepted");
  });

  test("the menu of a password field fills nothing; the popup opens, copies and says why", async () => {
    const page = await openInFront("login-form", "alice@example.com");
    await chooseOurMenu(screen, page, await middleOf(page.getByLabel("Password")), "field");
    const popup = await stage.browser.waitForPopup();
    const said = await toastOf(popup);
    expect(said).toContain("This field is for a password");
    expect(said).toContain("is copied");
    expect(await page.getByLabel("Password").inputValue()).toBe("");
    // After the two tests above.
    const code = expectedHotpCode(stage.site, "alice@example.com", 2);
    expect(await pastedText(stage.browser.context)).toBe(code);
  });

  test("where two accounts belong to the site, the key opens the popup and Return fills the one in front", async () => {
    await keep("bob@example.com");
    const page = await openInFront("single", "bob@example.com");
    await stage.browser.killWorker();
    await screen.pressKeys("alt+shift+f");
    const popup = await stage.browser.waitForPopup();
    await popup.getByRole("grid").waitFor();
    expect(await page.getByLabel("Authentication code").inputValue()).toBe("");
    await screen.typeText("bob");
    await popup.locator(".row", { hasText: "alice@" }).waitFor({ state: "detached" });
    await screen.pressKeys("Return");
    await expect.poll(() => page.getByLabel("Authentication code").inputValue()).toMatch(/^\d{6}$/);
    expect(await submit(page)).toBe("accepted");
  });
});
