import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import { cutOff, tooSmall } from "./steps/layout.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** Narrow windows, enlarged text, no motion, and the system's own colours. */
const { t, tn } = wordsIn("en");
const entries = [
  { issuer: "Harbour", account: "alice@example.com" },
  {
    issuer: "Deutsche Rentenversicherung Bund Hauptverwaltung",
    account: "a.rather.long.name@mail.example.com",
  },
  { issuer: "Lighthouse", account: "bob", digits: 10 },
].map((entry) => steps.entryOf(entry));

const SECTIONS = [
  "codes",
  "duplicates",
  "image",
  "backup",
  "trash",
  "data",
  "settings",
  "help",
  "sheet",
  "area",
  "camera",
  "screen",
] as const;

let browser: ExtensionBrowser;

beforeAll(async () => {
  browser = await steps.launch();
  await steps.restoreInto(browser, entries, steps.PASSPHRASE);
});
afterAll(() => browser?.close());

test("the navigation stands above a narrow page, and stays in sight beside a wide one", async () => {
  const page = await browser.openExtensionPage("page.html#/settings");
  await page.locator("#settings-clipboard").waitFor();
  const box = (what: string) =>
    page.locator(what).evaluate((element) => {
      const { top, bottom, left, right } = element.getBoundingClientRect();
      return { top, bottom, left, right };
    });
  await page.setViewportSize({ width: 640, height: 600 });
  expect((await box(".page-nav")).bottom).toBeLessThanOrEqual((await box("main")).top);
  await page.setViewportSize({ width: 1000, height: 600 });
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await eventually(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
  expect((await box(".page-nav")).top).toBeGreaterThanOrEqual(0);
  expect((await box(".page-nav")).right).toBeLessThanOrEqual((await box("main")).left);
  await page.close();
});

test("the page loses nothing at 320 pixels, which is 400 % of a usual window", async () => {
  const page = await browser.openExtensionPage("page.html#/backup");
  await page.setViewportSize({ width: 320, height: 640 });
  const { context } = browser;
  for (const section of SECTIONS) {
    await page.goto(page.url().replace(/#.*/, `#/${section}`));
    await page.locator("h1").waitFor();
    expect(await cutOff(page), section).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), section).toBeLessThanOrEqual(320);
    await browser.picture(page, `narrow-${section}`);
  }
  await page.goto(page.url().replace(/#.*/, "#/backup"));
  await steps.openBackup(
    page,
    await steps.backupFile([...entries, steps.entryOf({ issuer: "New", account: "eve" })]),
  );
  await page.getByRole("button", { name: tn("restore.action", 1), exact: true }).waitFor();
  await browser.picture(page, "narrow-preview");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  expect(await cutOff(page)).toEqual([]);
  await page.close();
  expect(context.pages().length).toBeGreaterThan(0);
});

test("the page mirrors itself for a language from right to left, wide and narrow, and nothing sticks out", async () => {
  const page = await browser.openExtensionPage("page.html#/codes");
  for (const width of [320, 550, 1000]) {
    await page.setViewportSize({ width, height: 800 });
    for (const section of SECTIONS) {
      await page.goto(page.url().replace(/#.*/, `#/${section}`));
      await page.locator("h1").waitFor();
      await page.evaluate(() => {
        document.documentElement.dir = "rtl";
      });
      expect(await cutOff(page), `${section}, ${width}`).toEqual([]);
      const widest = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(widest, `${section}, ${width}`).toBeLessThanOrEqual(width);
      await browser.picture(page, `rtl-${section}-${width}`);
    }
  }
  await page.goto(page.url().replace(/#.*/, "#/codes"));
  const row = page.locator(".row").first();
  await row.locator("[data-code]").waitFor();
  const [name, code, tick] = await Promise.all(
    [".row-issuer", "[data-code]", ".row-tick"].map((part) => row.locator(part).boundingBox()),
  );
  expect(tick?.x).toBeGreaterThan(name?.x ?? 0);
  // The groups of a code stay in their order, whatever is around them.
  const groups = await row.locator("[data-code]").evaluate((shown) =>
    [...shown.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => {
        const range = document.createRange();
        range.selectNode(node);
        return range.getBoundingClientRect().left;
      }),
  );
  expect(groups).toHaveLength(2);
  expect(groups[0]).toBeLessThan(groups[1] ?? 0);
  expect(name?.x).toBeGreaterThan(code?.x ?? 0);
  const [nav, main] = await Promise.all([
    page.locator("nav").boundingBox(),
    page.locator("main").boundingBox(),
  ]);
  expect(nav?.x).toBeGreaterThan(main?.x ?? 0);
  await page.locator(".row-more").first().click();
  const menu = await page.getByRole("menu").boundingBox();
  expect(menu?.x).toBeGreaterThanOrEqual(0);
  expect((menu?.x ?? 0) + (menu?.width ?? 0)).toBeLessThan(500);
  await page.close();
});

test("everything that is pressed in the page is at least 24 pixels either way, or has that room around it", async () => {
  const page = await browser.openExtensionPage("page.html#/codes");
  await page.locator(".row-tick input").first().click();
  await page.getByRole("button", { name: t("many.tags"), exact: true }).click();
  for (const section of SECTIONS) {
    if (section !== "codes") await page.goto(page.url().replace(/#.*/, `#/${section}`));
    await page.locator("h1").waitFor();
    expect(await tooSmall(page), section).toEqual([]);
  }
  await page.close();
});

test("the popup keeps its search, its list and its foot in the smaller room that zooming leaves", async () => {
  const popup = await steps.openPopupTab(browser);
  await popup.locator("[data-code]").nth(2).waitFor();
  // Browsers give popups at most 800 x 600: at 200 % that is 400 x 300 of ours.
  await popup.setViewportSize({ width: 380, height: 300 });
  const inside = () =>
    popup.evaluate(() =>
      [".search", ".list", ".foot"].map((selector) => {
        const box = document.querySelector(selector)?.getBoundingClientRect();
        return box !== undefined && box.height >= 20 && box.bottom <= innerHeight;
      }),
    );
  await eventually(inside).toEqual([true, true, true]);
  await browser.picture(popup, "zoomed-list");
  await popup.keyboard.press("ArrowUp");
  await popup.keyboard.press("PageDown");
  const row = popup.locator(".row.selected");
  expect(await row.evaluate((element) => element.getBoundingClientRect().bottom <= innerHeight)).toBe(true);
  await popup.keyboard.press("Alt+e");
  await popup.getByRole("button", { name: t("action.save") }).waitFor();
  const save = await popup.getByRole("button", { name: t("action.save") }).boundingBox();
  expect((save?.y ?? 999) + (save?.height ?? 0)).toBeLessThanOrEqual(300);
  await browser.picture(popup, "zoomed-edit");
  await popup.keyboard.press("Escape");
  // 400 % of a usual screen's width.
  await popup.setViewportSize({ width: 320, height: 300 });
  await popup.locator("[data-code]").first().waitFor();
  expect(await cutOff(popup)).toEqual([]);
  await popup.keyboard.press("Alt+n");
  await popup.getByText(t("add.restore"), { exact: true }).scrollIntoViewIfNeeded();
  expect(await cutOff(popup)).toEqual([]);
  await popup.close();
});

test("wider text, as WCAG 1.4.12 asks for, costs nothing", async () => {
  const popup = await steps.openPopupTab(browser);
  await popup.locator("[data-code]").nth(2).waitFor();
  await popup.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }");
    document.adoptedStyleSheets.push(sheet);
  });
  expect(await cutOff(popup)).toEqual([]);
  await browser.picture(popup, "spaced-list");
  await popup.close();
});

test("nothing moves for whoever asked for less motion, and nothing takes longer than 150 ms for the others", async () => {
  const popup = await steps.openPopupTab(browser);
  await popup.locator("[data-code]").nth(2).waitFor();
  const motion = () =>
    popup.evaluate(() =>
      document
        .getAnimations()
        .filter((animation) => !(animation.effect?.getTiming().easing ?? "").startsWith("steps"))
        .filter((animation) => {
          const { duration } = animation.effect?.getComputedTiming() ?? {};
          // The ring is a clock: it steps once a second and glides for nobody.
          const keyframes = animation.effect instanceof KeyframeEffect ? animation.effect.getKeyframes() : [];
          return Number(duration) > 150 && !keyframes.every(({ easing }) => easing.startsWith("steps"));
        })
        .map((animation) => (animation as CSSAnimation).animationName),
    );
  await popup.keyboard.press("Control+c");
  await popup.locator(".toast").waitFor();
  expect(await motion()).toEqual([]);
  await popup.emulateMedia({ reducedMotion: "reduce" });
  await popup.keyboard.press("Alt+n");
  await popup.getByText(t("add.scan"), { exact: true }).click();
  expect(await motion()).toEqual([]);
  await popup.close();
});

test("with the system's own colours the selected row is still told from the others", async () => {
  const popup = await steps.openPopupTab(browser);
  await popup.locator("[data-code]").nth(2).waitFor();
  await popup.emulateMedia({ forcedColors: "active" });
  const outline = (row: string) =>
    popup
      .locator(row)
      .first()
      .evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(await outline(".row.selected")).toBe("solid");
  expect(await outline(".row:not(.selected)")).toBe("none");
  // The bar at its edge is part of that line, and cuts no piece out of it.
  const [bar, line] = await popup
    .locator(".row.selected")
    .evaluate((row) => [
      getComputedStyle(row, "::before").backgroundColor,
      getComputedStyle(row).outlineColor,
    ]);
  expect(bar).toBe(line);
  await browser.picture(popup, "forced-colours-list");
  await popup.keyboard.press("Control+c");
  await popup.locator(".row-more").first().click();
  await popup.getByRole("menu").waitFor();
  await browser.picture(popup, "forced-colours-menu");
  const page = await browser.openExtensionPage("page.html#/settings");
  await page.emulateMedia({ forcedColors: "active" });
  await browser.picture(page, "forced-colours-settings");
  await page.close();
  await popup.close();
});
