/**
 * Draws the toolbar icons in extension/public/icons/ from the two drawings of the mark: the small one, its strokes laid
 * on the pixels of 16 by 16, and the large one. The icons are committed; run this again after changing a drawing
 * (`npm exec -- node tests/support/make-icons.ts`).
 */
import { readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { sandboxFlags } from "./browser-flags.ts";
import { findBrowser } from "./find-browser.ts";

const ICONS = [
  { size: 16, drawing: "mark-small.svg" },
  { size: 32, drawing: "mark-small.svg" },
  { size: 48, drawing: "mark.svg" },
  { size: 128, drawing: "mark.svg" },
] as const;

const root = new URL("../../", import.meta.url);
const found = findBrowser();
if (found === null) throw new Error("no browser found: install Chromium or set CHROME_PATH");

const browser = await chromium.launch({ executablePath: found.path, args: sandboxFlags() });
const page = await browser.newPage();
for (const { size, drawing } of ICONS) {
  const source = readFileSync(new URL(`docs/pictures/${drawing}`, root)).toString("base64");
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0}img{display:block}</style><img width="${size}" height="${size}" src="data:image/svg+xml;base64,${source}">`,
  );
  await page.locator("img").evaluate((image: HTMLImageElement) => image.decode());
  writeFileSync(
    new URL(`extension/public/icons/${size}.png`, root),
    await page.screenshot({ omitBackground: true }),
  );
}
await browser.close();
console.log(`${ICONS.length} icons drawn with ${found.path}`);
