import { evaluate, evaluateScript } from "../browser/evaluate.ts";
import type { BenchBrowser } from "./bench-browser.ts";
import type { BenchVault } from "./vault-in-page.ts";

export const PASSPHRASE = "correct horse battery staple";

/** Gives each copy of the product a vault with as many entries as it is to be measured with. */
export async function seedVaults(browser: BenchBrowser, vaultScript: string): Promise<void> {
  for (const [count, id] of browser.idsByCount) {
    const page = await browser.openTab(`chrome-extension://${id}/page.html`);
    await evaluateScript(page.session, vaultScript);
    await evaluate(
      page.session,
      (passphrase, entries, host) =>
        (globalThis as unknown as { benchVault: BenchVault }).benchVault.fill(passphrase, entries, host),
      PASSPHRASE,
      count,
      browser.host,
    );
    await page.close();
  }
}
