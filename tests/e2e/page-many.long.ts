import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import { dumpDatabases } from "./stored-data.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** Five thousand entries in the full page: counted, not timed. The tests build on each other. */
const { t, tn } = wordsIn("en");
const COUNT = 5_000;
/** What fits into a window of 900 pixels, and the few beside it. */
const MOST_ROWS = 24;
const issuerOf = (at: number) => `Customer ${String(at).padStart(4, "0")}`;

let browser: ExtensionBrowser;
let page: Page;

beforeAll(async () => {
  browser = await steps.launch();
  const entries = Array.from({ length: COUNT }, (_, at) =>
    steps.entryOf({ issuer: issuerOf(at), account: "root" }),
  );
  await steps.restoreInto(browser, entries, null);
  page = await browser.openExtensionPage("page.html#/codes");
  await page.setViewportSize({ width: 1000, height: 900 });
  await page.locator(".row [data-code]").first().waitFor();
});
afterAll(() => browser?.close());

const names = async () => (await steps.drawnRows(page)).map(({ name }) => name);
const areOpen = async () => (await steps.drawnRows(page)).every(({ code }) => code !== null);
const revision = async () => JSON.parse(await dumpDatabases(page))["countersign/vault"].rows[0].rev as number;

test("only what is in sight is drawn and opened, wherever the page is scrolled to", async () => {
  for (const part of [0, 0.3, 0.7, 1]) {
    await page.evaluate((to) => scrollTo(0, document.documentElement.scrollHeight * to), part);
    await eventually(areOpen).toBe(true);
    expect(await page.locator(".row").count()).toBeLessThan(MOST_ROWS);
  }
  expect((await names()).at(-1)).toBe(issuerOf(COUNT - 1));
  expect(await page.getByRole("grid").getAttribute("aria-rowcount")).toBe(String(COUNT + 1));
});

test("search and actions stay in sight while the list scrolls, and no row hides under them from the keyboard", async () => {
  await page.evaluate(() => scrollTo(0, 40_000));
  const head = await page.locator(".codes-head").boundingBox();
  expect(head?.y).toBe(0);
  await page.getByRole("grid").focus();
  await page.keyboard.press("Home");
  for (const key of ["PageDown", "PageDown", "PageDown", "End", "PageUp", "PageUp", "PageUp", "PageUp"]) {
    await page.keyboard.press(key);
    const bottom = (head?.y ?? 0) + (head?.height ?? 0);
    await eventually(async () => {
      const row = await page.locator(".row.selected").boundingBox();
      return row !== null && row.y >= bottom - 1 && row.y + row.height <= 900;
    }).toBe(true);
  }
});

test("all of them are tagged in one write, and taken back in one", async () => {
  const before = await revision();
  await page.getByRole("grid").focus();
  await page.keyboard.press("Control+a");
  await page.getByText(tn("many.chosen", COUNT)).first().waitFor();
  await page.getByRole("button", { name: t("many.tags"), exact: true }).click();
  await page.getByLabel(t("many.add-tags")).fill("customer");
  await page.keyboard.press("Enter");
  await page
    .getByText(tn("many.tagged", COUNT, { what: "customer" }))
    .first()
    .waitFor({ timeout: 60_000 });
  expect(await revision()).toBe(before + 1);
  expect(await page.locator(".row").count()).toBeLessThan(MOST_ROWS);
  await page.getByRole("button", { name: t("action.undo"), exact: true }).click();
  await page.getByText(tn("many.undone", COUNT)).first().waitFor({ timeout: 60_000 });
  expect(await revision()).toBe(before + 2);
});

test("one of them is found by typing", async () => {
  await page.getByLabel(t("list.search")).fill("4321");
  await eventually(names).toEqual([issuerOf(4321)]);
  await eventually(areOpen).toBe(true);
});
