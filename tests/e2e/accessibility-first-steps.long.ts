import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { ALL_THEMES, expectAccessible, LANGUAGES } from "./axe.ts";
import * as steps from "./vault-steps.ts";
import { wordsOf } from "./words.ts";

describe.for(LANGUAGES)("in %s, axe finds nothing on the first steps", (language) => {
  let browser: ExtensionBrowser;

  beforeAll(async () => {
    browser = await steps.launch({ language });
  });
  afterAll(() => browser?.close());

  /** Looks at a screen in every theme; then narrow and mirrored, where nothing may stick out. */
  async function check(page: Page, screen: string): Promise<void> {
    await expectAccessible(browser, page, screen, language, ALL_THEMES);
    for (const dir of ["ltr", "rtl"]) {
      await page.setViewportSize({ width: 320, height: 720 });
      await page.evaluate((to) => {
        document.documentElement.dir = to;
      }, dir);
      await browser.picture(page, `${screen}-${language}-narrow-${dir}`);
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), screen).toBe(320);
    }
    await page.setViewportSize({ width: 1000, height: 800 });
    await page.evaluate(() => {
      document.documentElement.dir = "ltr";
      document.documentElement.dataset.theme = "light";
    });
  }

  test("an empty popup that got less room than it asked for shows every way in whole", async () => {
    const popup = await steps.openPopupTab(browser);
    const { t } = await wordsOf(popup);
    const last = popup.getByRole("button", { name: `${t("add.restore")} ${t("add.restore-detail")}` });
    await last.waitFor();
    for (const height of [steps.POPUP.height, 520]) {
      await popup.setViewportSize({ width: steps.POPUP.width, height });
      const [way, foot] = await Promise.all([last.boundingBox(), popup.locator(".foot").boundingBox()]);
      expect((way?.y ?? 999) + (way?.height ?? 0), `${height}`).toBeLessThanOrEqual(foot?.y ?? 0);
      await browser.picture(popup, `popup-empty-${language}-${height}`);
    }
    await popup.close();
  });

  test("with the system's own colours the step that is shown is marked by more than bold words", async () => {
    const page = await browser.openExtensionPage("page.html#/welcome");
    await page.locator(".progress").waitFor();
    await page.emulateMedia({ forcedColors: "active" });
    const grounds = await page
      .locator(".progress-mark")
      .evaluateAll((marks) => marks.map((mark) => getComputedStyle(mark).backgroundColor));
    expect(grounds).toHaveLength(3);
    expect(grounds[1]).toBe(grounds[2]);
    expect(grounds[0]).not.toBe(grounds[1]);
    await browser.picture(page, `welcome-${language}-forced-colours`);
    await page.close();
  });

  test("before and after the first account, with what opens on the way", async () => {
    const page = await browser.openExtensionPage("page.html#/welcome");
    const { t } = await wordsOf(page);
    await page.setViewportSize({ width: 1000, height: 800 });
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    await page.getByText(t("welcome.what-key", { key: "Alt+Shift+O" })).waitFor();
    await check(page, "welcome-what");
    await button(t("action.continue")).click();
    await page.getByText(t("welcome.account-scan-key", { key: "Alt+Shift+S" })).waitFor();
    await check(page, "welcome-account");
    await button(`${t("add.restore")} ${t("add.restore-detail")}`).click();
    await check(page, "welcome-restore");
    await page.keyboard.press("Escape");
    await button(`${t("add.type")} ${t("add.type-detail")}`).click();
    await page.getByLabel(t("form.issuer")).fill("GitHub");
    await page.getByLabel(t("form.account")).fill("alice@example.com");
    await page.getByLabel(t("form.secret"), { exact: true }).fill("JBSW Y3DP EHPK 3PXP");
    await check(page, "welcome-type");
    await button(t("keep.action")).click();
    await page.getByLabel(t("passphrase.new")).waitFor();
    await check(page, "welcome-asks");
    await steps.protect(page, null);
    await page.locator(".welcome-kept [data-code]").waitFor();
    await check(page, "welcome-kept");
    await button(t("action.continue")).click();
    await button(t("protect.title")).waitFor();
    await check(page, "welcome-safety");
    await button(t("protect.title")).click();
    await check(page, "welcome-protect");
    await steps.protect(page, steps.PASSPHRASE);
    await page.getByText(t("data.by-passphrase")).waitFor();
    await check(page, "welcome-protected");
    await page.close();
  });
});
