import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { type Administrator, bringAdministrator, canManageBrowser } from "../support/managed-browser.ts";
import { ALL_THEMES, expectAccessible, LANGUAGES } from "./axe.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

const EVERYTHING = {
  serverAddress: "https://codes.example.com/team",
  passphraseRequired: true,
  longestAutoLockMinutes: 20,
  exportForbidden: true,
  backupForbidden: true,
  automaticFillingForbidden: true,
};

describe.skipIf(!canManageBrowser()).for(LANGUAGES)(
  "in %s, axe finds nothing on the screens of a managed browser (on Linux, as root):",
  (language) => {
    const { t, tn } = wordsIn(language);
    let administrator: Administrator;
    let browser: ExtensionBrowser;

    beforeAll(async () => {
      administrator = bringAdministrator();
      administrator.manage(EVERYTHING);
      browser = await steps.launch({ language });
    });
    afterAll(async () => {
      await browser?.close();
      administrator?.leave();
    });

    const check = (page: Page, screen: string): Promise<void> =>
      expectAccessible(browser, page, screen, language, ALL_THEMES);

    test("the question for a passphrase, which can't be put off", async () => {
      const popup = await steps.openPopupTab(browser);
      await popup.getByText(t("add.type"), { exact: true }).click();
      await popup.getByLabel(t("form.issuer")).fill("Harbour");
      await popup.getByLabel(t("form.secret"), { exact: true }).fill("JBSW Y3DP EHPK 3PXP");
      await popup.getByRole("button", { name: t("keep.action"), exact: true }).click();
      await popup.getByText(t("policy.passphrase-required")).waitFor();
      expect(await popup.getByRole("button", { name: t("protect.later") }).count()).toBe(0);
      await check(popup, "managed-protect");
      await steps.protect(popup, steps.PASSPHRASE);
      await popup.locator(".row [data-code]").first().waitFor();
      await popup.keyboard.press("Alt+e");
      await popup.getByText(t("policy.export-forbidden")).scrollIntoViewIfNeeded();
      await check(popup, "managed-edit");
      await popup.close();
    });

    test("settings, backup and sheet", async () => {
      const page = await browser.openExtensionPage("page.html#/settings");
      await page.setViewportSize({ width: 1000, height: 1100 });
      await page.getByText(tn("policy.lock-capped", 20)).waitFor();
      await check(page, "managed-settings");
      await page.goto(page.url().replace(/#.*/, "#/backup"));
      await page.getByText(t("policy.backup-forbidden")).waitFor();
      await check(page, "managed-backup");
      await page.goto(page.url().replace(/#.*/, "#/codes"));
      await page.locator(".row-tick input").first().click();
      await page.getByRole("button", { name: t("many.print"), exact: true }).waitFor();
      await check(page, "managed-codes");
      await page.goto(page.url().replace(/#.*/, "#/sheet"));
      await page.getByText(t("policy.export-forbidden")).waitFor();
      await check(page, "managed-sheet");
      await page.goto(page.url().replace(/#.*/, "#/settings"));
      administrator.manage({
        ...EVERYTHING,
        serverAddress: "http://codes.example.com",
        longestAutoLockMinutes: 0,
      });
      await page.locator(".notice.warn").waitFor({ timeout: 30_000 });
      await check(page, "managed-settings-unread");
      await page.close();
    });
  },
);
