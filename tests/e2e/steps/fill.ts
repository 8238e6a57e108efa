import type { Frame, Page } from "playwright-core";
import type { ExtensionBrowser } from "../../support/extension.ts";

/** Opens the popup on a page, searches for an account if one is named, and presses Enter on the row in front. */
export async function pressEnterOn(browser: ExtensionBrowser, page: Page, account?: string): Promise<Page> {
  const popup = await browser.pressAction(page);
  await popup.getByRole("grid").waitFor();
  if (account !== undefined) await popup.getByRole("combobox").fill(account);
  await popup.locator(".row .code, .row .row-ask").first().waitFor();
  await popup.keyboard.press("Enter");
  return popup;
}

/** The same, until the popup has said that it filled and has closed by itself. */
export async function fillByEnter(browser: ExtensionBrowser, page: Page, account?: string): Promise<void> {
  const popup = await pressEnterOn(browser, page, account);
  await filledAndClosed(popup);
}

/** Waits until the popup closes by itself, as it does after filling; throws with what it says where it stays. */
export async function filledAndClosed(popup: Page): Promise<void> {
  const closed = popup.waitForEvent("close", { timeout: 10_000 });
  await closed.catch(async () => {
    throw Error(`nothing was filled; the popup says: ${await popup.locator("body").innerText()}`);
  });
}

/** What the popup says at its foot: what was done, or why not. */
export async function toastOf(popup: Page): Promise<string> {
  const toast = popup.locator(".toast");
  await toast.waitFor();
  return (await toast.innerText()).trim();
}

/** Presses the page's own button and returns the verifier's word: "accepted", or "refused: " and why. */
export async function submit(page: Page | Frame): Promise<string> {
  await page.locator("form button").first().click();
  return verdictOf(page);
}

/** The verifier's word, once it stands in the page. */
export async function verdictOf(page: Page | Frame): Promise<string> {
  const result = page.locator("[data-testid=result][data-verdict]");
  await result.waitFor();
  return result.innerText();
}

/** How often the page's forms were submitted, by whomever. */
export function submissionsOf(page: Page | Frame): Promise<number> {
  return page.evaluate(() => Number(document.body.dataset.submissions ?? 0));
}
