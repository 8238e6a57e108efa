import type { Page } from "playwright-core";
import { wordsOf } from "../words.ts";

/** Chooses a form on the page of exporting, by its kind and its title. */
export async function chooseForm(
  page: Page,
  kind: "encrypted" | "plain" | "codes" | "paper",
  title: string,
): Promise<void> {
  const { t } = await wordsOf(page);
  const forms = page.getByRole("group", { name: t(`export.kind.${kind}`), exact: true });
  await forms.getByRole("radio", { name: title, exact: true }).check();
}

/** Goes from the page of exporting to where the sheet of paper opens in a window of its own. */
export async function pressSheet(page: Page): Promise<void> {
  const { t } = await wordsOf(page);
  await chooseForm(page, "paper", t("export.sheet"));
  await page.getByRole("button", { name: t("export.open-sheet"), exact: true }).click();
}
