import type { BrowserContext } from "playwright-core";

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
