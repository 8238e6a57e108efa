import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { ALL_THEMES, expectAccessible, LANGUAGES } from "./axe.ts";
import { sampleEntries } from "./sample-entries.ts";
import { chooseForm } from "./steps/export.ts";
import * as steps from "./vault-steps.ts";
import { wordsOf } from "./words.ts";

describe.for(LANGUAGES)("in %s, axe finds nothing on exporting", (language) => {
  let browser: ExtensionBrowser;

  beforeAll(async () => {
    browser = await steps.launch({ language });
    await steps.restoreInto(browser, [...sampleEntries("example.com"), ...more], steps.PASSPHRASE);
  });
  afterAll(() => browser?.close());
  // Two that no other program of these takes, and enough for a second QR code.
  const more = [
    steps.entryOf({ issuer: "Mobile-OTP", account: "bob", type: "motp", algorithm: "MD5", period: 10 }),
    ...["Anchor", "Buoy", "Compass"].map((issuer) => steps.entryOf({ issuer, account: "eve", note: "n" })),
  ];

  /** Looks at a screen in every theme, then narrow, where nothing may stick out. */
  async function check(page: Page, screen: string): Promise<void> {
    await page.setViewportSize({ width: 1000, height: 900 });
    await expectAccessible(browser, page, screen, language, ALL_THEMES);
    await page.setViewportSize({ width: 360, height: 900 });
    await browser.picture(page, `${screen}-${language}-narrow`);
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), screen).toBe(360);
    await page.setViewportSize({ width: 1000, height: 900 });
  }

  test("from choosing a form to the last QR code", async () => {
    const page = await browser.openExtensionPage("page.html#/export");
    const { t } = await wordsOf(page);
    const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
    await page.locator(".export-way").first().waitFor();
    await check(page, "export-choose");
    await chooseForm(page, "plain", "2FAS");
    await page.locator(".export-list").first().waitFor();
    // Only a picture: where the foot lies over half a row, axe takes what is left of its tick for too small to be met.
    await browser.picture(page, `export-form-${language}`);
    await press(t("export.details"));
    await check(page, "export-losses");
    await chooseForm(page, "encrypted", "Aegis");
    await press(t("export.write"));
    await page.getByLabel(t("backup.ask-own")).fill(steps.PASSPHRASE);
    await press(t("action.continue"));
    await page.getByLabel(t("export.passphrase")).waitFor();
    await check(page, "export-passphrase");
    await chooseForm(page, "codes", t("export.code-many", { program: "Google Authenticator" }));
    await page.locator(".button.danger").click();
    await page.getByLabel(t("sheet.ask")).fill(steps.PASSPHRASE);
    await press(t("action.continue"));
    await page.locator(".export-code svg").waitFor();
    await check(page, "export-codes");
    await press(t("export.done"));
    await chooseForm(page, "paper", t("export.sheet"));
    await page.getByText(t("sheet.worth")).waitFor();
    await check(page, "export-sheet");
    await page.close();
  });
});
