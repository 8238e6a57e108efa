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
