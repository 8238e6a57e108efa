import type { BrowserContext, Page } from "playwright-core";
import type { Screen } from "../../support/xvfb.ts";
import { closePopup } from "./keep.ts";
import type { Stage } from "./stage.ts";
import { enrolQuietly, keepTyped } from "./type-in.ts";

/** Half a minute has to pass before a code is cleared; a busy machine may need some more. */
export const SOON_AFTER = { timeout: 60_000, interval: 1_000 };

/** Copies of the clipboard are read in a page of their own, by pasting as a person would. */
export async function pastedText(context: BrowserContext): Promise<string> {
  const page = await context.newPage();
  try {
    await page.setContent("<textarea autofocus></textarea>");
    const field = page.locator("textarea");
    await field.focus();
    await page.keyboard.press("Control+v");
    return await field.inputValue();
  } finally {
    await page.close();
  }
}

/** Presses the switch for clearing and answers the browser's question with keys: it comes up with "Deny" in focus. */
export async function pressSwitch(stage: Stage, screen: Screen, answer: "allow" | "deny"): Promise<Page> {
  const settings = await stage.browser.openExtensionPage("page.html#/settings");
  await settings.getByLabel("Clear a copied code after 30 seconds").focus();
  await screen.focusWindow();
  await screen.pressKeys("space");
  await settings.waitForTimeout(1_000);
  await screen.pressKeys(...(answer === "allow" ? ["Tab", "Return"] : ["Return"]));
  return settings;
}

/** Copies the first code of the popup. */
export async function copyCode(stage: Stage, page: Page): Promise<void> {
  const popup = await stage.browser.pressAction(page);
  await popup.locator(".row .code").first().waitFor();
  await popup.keyboard.press("Control+c");
  await popup.locator(".toast").waitFor();
  await closePopup(popup);
}

/** Keeps an account of alice's and returns the page of its site. */
export async function keepAlice(stage: Stage): Promise<Page> {
  const account = "alice@example.com";
  const page = await stage.openSignIn("single", account);
  await keepTyped(stage.browser, page, (await enrolQuietly(stage.site, { account })).uri);
  return page;
}

/** What a page of ours is told by the extension API. */
export async function askApi<T>(stage: Stage, expression: string): Promise<T> {
  const page = await stage.browser.openExtensionPage("clear-clipboard.html");
  try {
    return (await page.evaluate(expression)) as T;
  } finally {
    await page.close();
  }
}
