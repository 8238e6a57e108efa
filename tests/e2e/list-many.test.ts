import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** Five thousand entries, as an administrator of many customers has them. */
const { t } = wordsIn("en");
const COUNT = 5_000;
const issuerOf = (at: number) => `Customer ${String(at).padStart(4, "0")}`;

let browser: ExtensionBrowser;
let popup: Page;

beforeAll(async () => {
  browser = await steps.launch();
  const entries = Array.from({ length: COUNT }, (_, at) =>
    steps.entryOf({ issuer: issuerOf(at), account: "root", secret: "JBSWY3DPEHPK3PXP" }),
  );
  await steps.restoreInto(browser, entries, null);
});
afterAll(() => browser?.close());
beforeEach(async () => {
  popup = await steps.openPopupTab(browser);
  await popup.locator(".row [data-code]").first().waitFor();
});
afterEach(() => popup.close());

const names = async () => (await steps.drawnRows(popup)).map(({ name }) => name);

test("only the rows in sight, and a few beside them, are drawn and opened", async () => {
  expect(await popup.locator(".row").count()).toBeLessThan(20);
  expect(await popup.getByRole("grid").getAttribute("aria-rowcount")).toBe(String(COUNT + 1));
  for (const part of [0.5, 1]) {
    await popup.locator(".list").evaluate((list, to) => list.scrollTo(0, list.scrollHeight * to), part);
    await eventually(async () => (await steps.drawnRows(popup)).every(({ code }) => code !== null)).toBe(
      true,
    );
    expect(await popup.locator(".row").count()).toBeLessThan(20);
  }
  expect((await names()).at(-1)).toBe(issuerOf(COUNT - 1));
});

test("the place in the list stands in the row that a screen reader is told of", async () => {
  await popup.keyboard.press("ArrowDown");
  await popup.keyboard.press("ArrowDown");
  const id = await popup.getByRole("combobox").getAttribute("aria-activedescendant");
  // The third row, after the header of the section.
  expect(await popup.locator(`[id="${id}"]`).getAttribute("aria-rowindex")).toBe("4");
});

test("typing finds one in five thousand, and every keystroke shows at once", async () => {
  const search = popup.getByRole("combobox");
  let slowest = 0;
  for (const key of ["4", "9", "9", "3"]) {
    const drawn = await popup.evaluate(
      (typed) =>
        new Promise<number>((resolve) => {
          const field = document.activeElement as HTMLInputElement;
          const started = performance.now();
          field.value += typed;
          field.dispatchEvent(new InputEvent("input", { bubbles: true, data: typed }));
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - started)));
        }),
      key,
    );
    slowest = Math.max(slowest, drawn);
  }
  expect(await search.inputValue()).toBe("4993");
  expect(await names()).toEqual([issuerOf(4993)]);
  // The benchmark says how fast it is; this only catches a list that stands still.
  expect(slowest).toBeLessThan(500);
});

test("a row far down is pinned, and stands first when the popup opens again", async () => {
  await popup.getByRole("combobox").fill("4321");
  await popup.keyboard.press("Alt+p");
  await popup.getByText(t("list.pinned-mark")).first().waitFor();
  await popup.close();
  popup = await steps.openPopupTab(browser);
  await eventually(async () => (await names())[0]).toBe(issuerOf(4321));
});
