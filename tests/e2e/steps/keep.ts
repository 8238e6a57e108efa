import type { Page } from "playwright-core";
import type { ExtensionBrowser } from "../../support/extension.ts";
import { scanPage } from "./scan.ts";

/** What a person answers when the first account is kept: a passphrase, or "later". */
export type Protection = "later" | { readonly passphrase: string };

/** Keeps what the popup shows as found; the first account of a vault also answers the question for a passphrase. */
export async function keepFound(popup: Page, protection: Protection = "later"): Promise<void> {
  await popup.getByRole("button", { name: /^Keep/ }).click();
  const asked = popup
    .getByRole("heading", { name: "Choose a passphrase" })
    .or(popup.getByLabel("New passphrase"));
  const list = popup.getByRole("grid");
  await asked.or(list).first().waitFor();
  if (!(await list.isVisible())) await answerProtection(popup, protection);
  await list.waitFor({ timeout: 30_000 });
}

/** Answers the question for a first passphrase. */
export async function answerProtection(popup: Page, protection: Protection): Promise<void> {
  if (protection === "later") return popup.getByRole("button", { name: "Later" }).click();
  await popup.getByLabel("New passphrase").fill(protection.passphrase);
  await popup.getByLabel("The same again").fill(protection.passphrase);
  await popup.getByRole("button", { name: "Protect" }).click();
}

/** Scans a page and keeps what it shows, then closes the popup. */
export async function scanAndKeep(
  browser: ExtensionBrowser,
  page: Page,
  protection: Protection = "later",
): Promise<void> {
  const popup = await scanPage(browser, page);
  await keepFound(popup, protection);
  await closePopup(popup);
}

/** Closes a popup as a person does, with Escape, from its list; with something in the search field that takes two. */
export async function closePopup(popup: Page): Promise<void> {
  if (popup.isClosed()) return;
  const closed = popup.waitForEvent("close");
  const search = popup.getByRole("combobox");
  if (await search.inputValue()) await search.press("Escape");
  // The key's going down closes it: its coming up may find nobody.
  await popup.keyboard.press("Escape").catch(() => {});
  await closed;
}
