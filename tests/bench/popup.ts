import { join } from "node:path";
import { buildExtensions } from "./browser/build-extensions.ts";
import { bundleScript } from "./browser/bundle-script.ts";
import { loadLine } from "./load.ts";
import type { BenchReport } from "./main.ts";
import { openBenchBrowser } from "./popup/bench-browser.ts";
import { bytesTable, measureBytes } from "./popup/bytes.ts";
import { measureOpenings, openingsTable } from "./popup/first-code.ts";
import { keystrokesTable, measureKeystrokes } from "./popup/keystroke.ts";
import { measureOpenCosts, openCostsTable } from "./popup/open-cost.ts";
import { measurePageHeaps, pageHeapsTable } from "./popup/page-heap.ts";
import { seedVaults } from "./popup/seed-vaults.ts";
import { measureUnlocks, unlocksTable } from "./popup/unlock.ts";

const ENTRY_COUNTS = [1, 100, 1000, 5000];
const FEW = 100;
const MANY = 5000;

/**
 * How fast the popup is, in a real browser with the real extension: everything beside something that does nothing, in
 * the same run, because only ratios can be compared from one machine or day to another.
 */
export async function benchPopup(): Promise<BenchReport> {
  const started = Date.now();
  const say = (what: string) => console.error(`[${Math.round((Date.now() - started) / 1000)} s] ${what}`);
  say("building the extension and the vault's code");
  const built = await buildExtensions(ENTRY_COUNTS);
  try {
    const vaultScript = await bundleScript(join(import.meta.dirname, "popup/vault-in-page.ts"));
    say("starting a browser and filling the vaults");
    const browser = await openBenchBrowser(built);
    try {
      await seedVaults(browser, vaultScript);
      say("opening popups");
      const popups = await measureOpenings(browser, "popup");
      say("opening the same as tabs");
      const tabs = await measureOpenings(browser, "tab");
      say("typing into the search field");
      const keystrokes = await measureKeystrokes(browser, MANY);
      say("leaving popups open");
      const openCosts = await measureOpenCosts(browser, [FEW, MANY]);
      say("opening the full page");
      const pageHeaps = await measurePageHeaps(browser, [FEW, MANY]);
      say("unlocking");
      const unlocks = await measureUnlocks(browser, FEW, vaultScript);
      const bytes = await measureBytes(browser, FEW, built.productPath);
      say("done");
      return {
        text: [
          loadLine(),
          openingsTable("popup", popups),
          openingsTable("tab", tabs),
          keystrokesTable(MANY, keystrokes),
          openCostsTable(openCosts),
          pageHeapsTable(pageHeaps),
          unlocksTable(unlocks),
          bytesTable(bytes),
        ].join("\n"),
        numbers: {
          popups: Object.fromEntries(popups),
          tabs: Object.fromEntries(tabs),
          keystrokes,
          openCosts: Object.fromEntries(openCosts),
          pageHeaps: Object.fromEntries(pageHeaps),
          unlocks,
          bytes,
        },
      };
    } finally {
      await browser.close();
    }
  } finally {
    await built.remove();
  }
}
