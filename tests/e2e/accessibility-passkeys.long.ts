import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, test } from "vitest";
import { CarriedPasskeys } from "../support/carried-passkeys.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { expectAccessible, LANGUAGES } from "./axe.ts";
import { addPasskey, askForNewPasskey } from "./passkey-steps.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

describe.for(LANGUAGES)("in %s, axe finds nothing on the screens of passkeys:", (language) => {
  const { t } = wordsIn(language);
  const mine = new CarriedPasskeys();
  let browser: ExtensionBrowser;
  let page: Page;

  beforeAll(async () => {
    browser = await steps.launch({ language });
    await mine.carryInto(browser.context);
    const entry = steps.entryOf({ issuer: "Harbour", account: "alice@example.com" });
    await steps.restoreInto(browser, [entry], steps.PASSPHRASE);
    page = await browser.openExtensionPage("page.html#/settings");
  });
  afterAll(() => browser?.close());

  const check = (on: Page, screen: string): Promise<void> => expectAccessible(browser, on, screen, language);

  test("the settings", async () => {
    await page.setViewportSize({ width: 1000, height: 1100 });
    const name = t("passkey.name-suggestion", { number: 1 });
    await askForNewPasskey(page, name, "not the passphrase");
    await page.getByText(t("unlock.wrong-passphrase")).waitFor();
    await check(page, "passkey-add-refused");
    await addPasskey(page, name);
    await page.getByRole("button", { name: t("passkey.remove-named", { name }) }).waitFor();
    await check(page, "passkey-added");
    await page.getByRole("button", { name: t("passkey.rename-named", { name }) }).click();
    await check(page, "passkey-rename");
    await page.getByRole("button", { name: t("action.cancel") }).click();
    await page.getByRole("button", { name: t("passkey.remove-named", { name }) }).click();
    await check(page, "passkey-remove");
    await page.getByRole("button", { name: t("action.cancel") }).click();
  });

  test("what is locked", async () => {
    const popup = await steps.openPopupTab(browser);
    await popup.locator(".row").first().waitFor();
    await popup.keyboard.press("Alt+l");
    await popup.getByRole("button", { name: t("passkey.unlock") }).waitFor();
    await check(popup, "passkey-popup");
    await page.bringToFront();
    await check(page, "passkey-page");
    mine.touched = "never";
    const small = await browser.openExtensionPage("page.html#/unlock-passkey");
    await small.setViewportSize({ width: 396, height: 560 });
    await small.getByRole("button", { name: t("passkey.asking") }).waitFor();
    await check(small, "passkey-asking");
    mine.touched = "stranger";
    const again = await browser.openExtensionPage("page.html#/unlock-passkey");
    await again.setViewportSize({ width: 396, height: 560 });
    await again.getByRole("button", { name: t("passkey.again") }).waitFor();
    await check(again, "passkey-refused");
  });
});
