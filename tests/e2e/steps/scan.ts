import type { Page } from "playwright-core";
import type { ExtensionBrowser } from "../../support/extension.ts";

/** Presses the toolbar action on a page and scans it; returns the popup once it shows a result or a reason. */
export async function scanPage(browser: ExtensionBrowser, page: Page): Promise<Page> {
  const popup = await browser.pressAction(page);
  await startScan(popup);
  await scanEnded(popup);
  return popup;
}

/** Chooses "Scan this page", which an empty vault shows at once and a list of codes behind "add". */
export async function startScan(popup: Page): Promise<void> {
  const scan = popup.getByRole("button", { name: "Scan this page" });
  await scan.or(popup.getByRole("combobox")).first().waitFor();
  if (!(await scan.isVisible())) await popup.keyboard.press("Alt+n");
  await scan.click();
}

/** Waits until a popup that scans shows accounts or a reason. */
export async function scanEnded(popup: Page): Promise<void> {
  await popup.locator(".draft, [role=alert]").first().waitFor({ timeout: 20_000 });
}

/** An account as the popup shows it before it is kept. */
export type ShownDraft = {
  readonly issuer: string;
  readonly account: string;
  readonly parameters: string;
  readonly code: string;
};

/** Reads the accounts that a scan found, in the order they are shown. */
export function shownDrafts(popup: Page): Promise<ShownDraft[]> {
  return popup.locator(".draft").evaluateAll((cards) =>
    cards.map((card) => {
      const text = (selector: string): string => card.querySelector(selector)?.textContent?.trim() ?? "";
      return {
        issuer: text(".row-issuer"),
        account: text(".row-account"),
        parameters: text(".parameters"),
        code: card.querySelector<HTMLElement>(".code")?.dataset.code ?? "",
      };
    }),
  );
}
