import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { isThorough } from "../support/thorough.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const source = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const injected = new WeakSet<Page>();

export type Theme = "light" | "dark" | "contrast-light" | "contrast-dark";

/** With PICTURES set, each screen is also saved as a picture, in every language and theme: for people to look at. */
const wantsPictures = process.env.PICTURES !== undefined;
const wantsAll = wantsPictures || isThorough;

/** What the screens are looked at in: `npm test` leaves high contrast to the long run. */
export const ALL_THEMES: readonly Theme[] = wantsAll
  ? ["light", "dark", "contrast-light", "contrast-dark"]
  : ["light", "dark"];

/** Elements and colours are the same in all languages: `npm test` has one, the long run each. */
export const LANGUAGES: readonly string[] = wantsAll ? ["en", "zh-CN"] : ["en"];

/**
 * Expects axe to find nothing on a screen, which is put into each theme. Colours don't depend on the language: in any but
 * English one theme is enough.
 */
export async function expectAccessible(
  browser: ExtensionBrowser,
  page: Page,
  screen: string,
  language: string,
  themes: readonly Theme[] = ["light", "dark"],
): Promise<void> {
  for (const theme of wantsPictures || language === "en" ? themes : themes.slice(0, 1)) {
    await page.evaluate((name) => {
      document.documentElement.dataset.theme = name;
    }, theme);
    await browser.picture(page, `${screen}-${language}-${theme}`);
    expect.soft(await axeViolations(page, theme), `${screen}, ${theme}`).toEqual([]);
  }
}

type AxeResult = {
  violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
};

/**
 * What axe finds against WCAG 2.2 AA and good practice, one line for each element; an empty list is what every screen
 * wants. Our pages load no foreign script, so axe comes in by the debugging protocol.
 *
 * @param theme in all but the light one, which have the same elements, only the colours are looked at; in high contrast
 *   for 7 to 1
 */
export async function axeViolations(page: Page, theme: Theme): Promise<string[]> {
  if (!injected.has(page)) {
    const session = await page.context().newCDPSession(page);
    await session.send("Runtime.evaluate", { expression: await source });
    // Not detached: that would take the page's virtual authenticator away with it. It ends with the page.
    injected.add(page);
    page.on("framenavigated", () => injected.delete(page));
  }
  const { violations } = await page.evaluate(
    (runOnly) =>
      (globalThis as unknown as { axe: { run(options: object): Promise<AxeResult> } }).axe.run({
        runOnly,
        resultTypes: ["violations"],
      }),
    theme === "light" ? TAGS : theme === "dark" ? ["color-contrast"] : ["color-contrast-enhanced"],
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html}\n${failureSummary ?? ""}`),
  );
}
