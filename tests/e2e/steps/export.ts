import type { Page } from "playwright-core";
import { wordsOf } from "../words.ts";

/** Chooses a form on the page of exporting, by its title. */
export async function chooseForm(page: Page, title: string): Promise<void> {
  await page.locator("label.export-way").filter({ hasText: title }).getByRole("radio").check();
}

/** Goes from the page of exporting to where the sheet of paper opens in a window of its own. */
export async function pressSheet(page: Page): Promise<void> {
  const { t } = await wordsOf(page);
  await page.locator(".export-way").first().waitFor();
  await chooseForm(page, t("export.sheet"));
  await page.getByRole("button", { name: t("export.open-sheet"), exact: true }).click();
}
