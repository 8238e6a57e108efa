import type { Page } from "playwright-core";
import type { ExtensionBrowser } from "../../support/extension.ts";
import * as steps from "../vault-steps.ts";
import { wordsOf } from "../words.ts";

/** Makes an empty vault under a passphrase, through the settings. */
export async function protectProfile(browser: ExtensionBrowser, passphrase: string): Promise<void> {
  const page = await browser.openExtensionPage("page.html#/settings");
  const { t } = await wordsOf(page);
  await steps.protect(page, passphrase);
  await page.getByText(t("protect.done")).first().waitFor();
  await page.close();
}

/** Opens the section Teams, pastes a code, and lets the server be contacted. */
export async function contact(page: Page, code: string): Promise<void> {
  const { t } = await wordsOf(page);
  await page.getByLabel(t("teams.code")).fill(code);
  await page.getByRole("button", { name: t("action.continue"), exact: true }).click();
  await page.getByRole("button", { name: t("teams.ask.action"), exact: true }).click();
}

/** Fills in the form that registers, and sends it off. */
export async function register(page: Page, email: string, passphrase: string): Promise<void> {
  const { t } = await wordsOf(page);
  await page.getByLabel(t("teams.email")).fill(email);
  await page.getByLabel(t("teams.register.passphrase")).fill(passphrase);
  await page.getByRole("button", { name: t("teams.register.action"), exact: true }).click();
}

/** Opens the sheet of the kit in its window, as from the notice about it. */
export async function openKit(browser: ExtensionBrowser, page: Page, passphrase: string): Promise<Page> {
  const { t } = await wordsOf(page);
  const opened = browser.context.waitForEvent("page");
  await page.getByRole("button", { name: t("teams.kit.open"), exact: true }).click();
  const sheet = await opened;
  await sheet.getByLabel(t("sheet.ask")).fill(passphrase);
  await sheet.getByRole("button", { name: t("action.continue"), exact: true }).click();
  await sheet.locator(".sheet-secret").waitFor();
  return sheet;
}

/** Fills in what a further device is connected with, and sends it off. */
export async function connectDevice(
  page: Page,
  given: {
    readonly kit: string;
    readonly address: string;
    readonly email: string;
    readonly passphrase: string;
  },
): Promise<void> {
  const { t } = await wordsOf(page);
  await page.getByLabel(t("teams.device.kit"), { exact: true }).fill(given.kit);
  await page.getByLabel(t("teams.device.address")).fill(given.address);
  await page.getByLabel(t("teams.email")).fill(given.email);
  await page.getByLabel(t("teams.device.passphrase")).fill(given.passphrase);
  await page.getByRole("button", { name: t("teams.device.action"), exact: true }).click();
}
