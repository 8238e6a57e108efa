import type { Page } from "playwright-core";
import type { ExtensionBrowser } from "../../support/extension.ts";
import { wordsOf } from "../words.ts";

export type Errand = "area" | "camera" | "screen";

/** Chooses a way in that opens a window of its own, and waits for that window; the popup is gone by then. */
export async function openErrand(browser: ExtensionBrowser, popup: Page, errand: Errand): Promise<Page> {
  const { t } = await wordsOf(popup);
  const way = popup.getByText(t(`add.${errand}`), { exact: true });
  await way.or(popup.getByRole("combobox")).first().waitFor();
  if (!(await way.isVisible())) await popup.keyboard.press("Alt+n");
  const opened = browser.context.waitForEvent("page", (page) => page.url().includes(`#/${errand}`));
  await way.click();
  return opened;
}
