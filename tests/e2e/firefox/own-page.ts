import type { Page } from "puppeteer-core";
import { eventually } from "../eventually.ts";

// The policy of the extension's pages refuses what puppeteer's own waiting is made of: code from text.

/** What a page of the extension says. */
export const text = (page: Page) => page.evaluate(() => document.body.innerText);

/** Presses the button that begins with these words, once it can be pressed. */
export async function press(page: Page, name: string): Promise<void> {
  const pressed = () =>
    page.evaluate((words) => {
      const buttons = [...document.querySelectorAll("button")];
      const button = buttons.find((each) => each.innerText.startsWith(words) && !each.disabled);
      button?.click();
      return button !== undefined;
    }, name);
  await eventually(pressed).toBe(true);
}

/** The same by a key, as what asks for a permission has to be pressed. */
export async function pressByKey(page: Page, name: string): Promise<void> {
  const focused = () =>
    page.evaluate((words) => {
      const buttons = [...document.querySelectorAll("button")];
      const button = buttons.find((each) => each.innerText.startsWith(words) && !each.disabled);
      button?.focus();
      return button !== undefined && button === document.activeElement;
    }, name);
  await eventually(focused).toBe(true);
  await page.keyboard.press("Enter");
}

/** Types into the field of that label. */
export async function fill(page: Page, label: string, value: string): Promise<void> {
  const focused = () =>
    page.evaluate((words) => {
      const labels = [...document.querySelectorAll("label")];
      const field =
        (labels.find((each) => each.innerText.startsWith(words))?.control as HTMLInputElement | null) ??
        document.querySelector<HTMLInputElement>(`input[aria-label="${words}"]`);
      field?.focus();
      return field != null && field === document.activeElement;
    }, label);
  await eventually(focused).toBe(true);
  await page.keyboard.type(value);
}
