import { afterAll, beforeAll, test } from "vitest";
import { formatOtpauthUri } from "../../shared/otp/otpauth-uri.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** What new entries ask for. */
const { t, tn } = wordsIn("en");
const entries = Array.from({ length: 10 }, (_, at) =>
  steps.entryOf({ issuer: `Berth ${at}`, account: "alice@example.com" }),
);

let browser: ExtensionBrowser;

beforeAll(async () => {
  browser = await steps.launch();
});
afterAll(() => browser?.close());

/** Keeps accounts from a list of their addresses, as other authenticators write it. */
async function keepFromList(from: number, to: number): Promise<void> {
  const page = await browser.openExtensionPage("page.html#/image");
  const text = entries.slice(from, to).map(formatOtpauthUri).join("\n");
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "accounts.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
  const label = to - from === 1 ? t("keep.action") : tn("import.action", to - from);
  await page.getByRole("button", { name: label, exact: true }).click();
  if (from === 0) await steps.protect(page, null);
  await page.locator(".toast").waitFor();
  await page.close();
}

test("ten new accounts without a backup are told of, nine are not, and a backup settles it", async () => {
  await keepFromList(0, 9);
  const popup = await steps.openPopupTab(browser);
  await popup.getByText(t("notice.device")).waitFor();
  await keepFromList(9, 10);
  await popup.bringToFront();
  await popup.getByText(tn("notice.backup-entries", 10)).waitFor();

  const opened = browser.context.waitForEvent("page");
  await popup.getByRole("button", { name: t("notice.backup-now") }).click();
  const page = await opened;
  await page.getByRole("button", { name: t("backup.write-action"), exact: true }).click();
  // A vault without a passphrase has none to ask for.
  await page.getByLabel(t("backup.passphrase")).fill(steps.BACKUP_PASSPHRASE);
  await page.getByLabel(t("passphrase.repeat")).fill(steps.BACKUP_PASSPHRASE);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: t("backup.write-action"), exact: true }).click();
  await download;
  await page.locator(".toast").waitFor();
  await page.close();
  await popup.reload();
  await popup.getByText(t("notice.device")).waitFor();
  await popup.close();
});
