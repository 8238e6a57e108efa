import type { Page } from "playwright-core";
import { PASSPHRASE } from "./vault-steps.ts";
import { wordsOf } from "./words.ts";

/** Asks for a passkey on the settings page, up to the browser's question. */
export async function askForNewPasskey(page: Page, name: string, passphrase = PASSPHRASE): Promise<void> {
  const { t } = await wordsOf(page);
  const start = page.getByRole("button", { name: t("passkey.add"), exact: true });
  const field = page.getByLabel(t("passkey.name"), { exact: true });
  await start.or(field).waitFor();
  if (await start.isVisible()) await start.click();
  await field.fill(name);
  await page.getByLabel(t("passphrase.label"), { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: t("passkey.create"), exact: true }).click();
}

/** Adds a passkey on the settings page. */
export async function addPasskey(page: Page, name: string): Promise<void> {
  const { t } = await wordsOf(page);
  await askForNewPasskey(page, name);
  await page.locator(".toast", { hasText: t("passkey.added", { name }) }).waitFor();
}

/** The names of the passkeys that the settings list. */
export function listedPasskeys(page: Page): Promise<string[]> {
  return page.locator(".plain-list strong").allInnerTexts();
}
