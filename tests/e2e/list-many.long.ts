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

test("a row that the keys move beyond the edge is scrolled into sight, in both lists and both ways", async () => {
  const page = await browser.openExtensionPage("page.html#/codes");
  await page.setViewportSize({ width: 1000, height: 560 });
  await page.getByRole("grid").focus();
  for (const list of [popup, page]) {
    await list.bringToFront();
    const selected = list.locator(".row.selected");
    const place = async () => Number(await selected.getAttribute("aria-rowindex"));
    /** Whether its neighbour on that side is out of sight, at least in part, while it is in sight itself. */
    const isAt = (edge: "upper" | "lower" | "either") =>
      selected.evaluate((element, side) => {
        const { top, bottom, height } = element.getBoundingClientRect();
        const seen = document.elementFromPoint(innerWidth / 2, top + 1)?.closest(".row") === element;
        const own = element.closest(".list")?.getBoundingClientRect();
        const head = document.querySelector(".codes-head")?.getBoundingClientRect();
        const [from, to] = [own?.top ?? head?.bottom ?? 0, own?.bottom ?? innerHeight];
        const isWhole = seen && bottom <= to + 1;
        if (side === "upper") return isWhole && top - height < from;
        if (side === "lower") return isWhole && bottom + height > to;
        return isWhole;
      }, edge);
    const goTo = async (key: string, edge: "upper" | "lower") => {
      for (let presses = 0; presses < 40 && !(await isAt(edge)); presses++) await list.keyboard.press(key);
      expect(await isAt(edge)).toBe(true);
    };
    const moveTwice = async (key: string) => {
      for (const _ of [1, 2]) {
        const before = await place();
        await list.keyboard.press(key);
        await eventually(place).toBe(before + (key === "Alt+ArrowDown" ? 1 : -1));
        await eventually(() => isAt("either")).toBe(true);
      }
    };
    // Far from the rows whose order the other tests know.
    for (let presses = 0; presses < 24; presses++) await list.keyboard.press("ArrowDown");
    await goTo("ArrowDown", "lower");
    await moveTwice("Alt+ArrowDown");
    await goTo("ArrowUp", "upper");
    await moveTwice("Alt+ArrowUp");
  }
  await page.close();
});
