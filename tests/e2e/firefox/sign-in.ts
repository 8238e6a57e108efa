import type { Page } from "puppeteer-core";

/** What stands in the fields of a sign-in page, one after the other. */
export function typedCode(page: Page): Promise<string> {
  return page.$$eval("form input", (fields) => fields.map((field) => field.value).join(""));
}

/** Presses the page's own button and returns the verifier's word: "accepted", or "refused: " and why. */
export async function verdict(page: Page): Promise<string> {
  await page.click("form button");
  const result = await page.waitForSelector("[data-testid=result][data-verdict]");
  return result === null ? "" : result.evaluate((element) => element.textContent ?? "");
}
