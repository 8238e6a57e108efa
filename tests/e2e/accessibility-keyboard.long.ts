import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** Everything without a mouse: what can be pressed is reached by Tab, seen where it is, and does its work. */
const { t, tn } = wordsIn("en");
let browser: ExtensionBrowser;

beforeAll(async () => {
  browser = await steps.launch();
  const entries = ["Harbour", "Lighthouse", "Anchor"].map((issuer) =>
    steps.entryOf({ issuer, account: "alice@example.com" }),
  );
  await steps.restoreInto(browser, entries, steps.PASSPHRASE);
});
afterAll(() => browser?.close());
afterEach(async () => {
  for (const page of browser.context.pages())
    if (page.url().startsWith("chrome-extension:")) await page.close();
});

type Stop = { readonly name: string; readonly visible: "visible" | "invisible"; readonly inView: boolean };

/** Presses Tab until the focus comes round, and notes each element it rests on. */
async function tabStops(page: Page): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (let press = 0; press < 60; press++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate((first) => {
      const element = document.activeElement;
      // Past the last stop the focus goes through the browser itself.
      if (element === null || element === document.body) return "outside" as const;
      if (first) document.querySelector("[data-first-stop]")?.removeAttribute("data-first-stop");
      if (element.hasAttribute("data-first-stop")) return null;
      if (first) element.setAttribute("data-first-stop", "");
      const style = getComputedStyle(element);
      const outlined = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 1;
      // The search field is underlined by the line that holds it.
      const line = element.closest(".top");
      const underlined =
        element.matches(".search") && line !== null && getComputedStyle(line).boxShadow !== "none";
      const box = element.getBoundingClientRect();
      const label =
        element.getAttribute("aria-label") ?? (element as HTMLInputElement).labels?.[0]?.innerText;
      return {
        name: (label ?? element.textContent ?? "").trim(),
        visible: outlined || underlined ? ("visible" as const) : ("invisible" as const),
        inView: box.width > 0 && box.top >= -1 && box.bottom <= innerHeight + 1,
      };
    }, press === 0);
    if (stop === "outside") continue;
    if (stop === null) break;
    stops.push(stop);
  }
  return stops;
}

/** What of a page can be pressed or typed into, but is on no stop. The rows of a grid and its buttons share one stop. */
function unreached(page: Page, stops: readonly Stop[]): Promise<string[]> {
  return page.evaluate(
    (reached) =>
      [...document.querySelectorAll<HTMLElement>("button, a[href], input, select, textarea, summary")]
        .filter((element) => element.checkVisibility() && !(element as HTMLButtonElement).disabled)
        .filter((element) => element.tabIndex >= 0)
        .map((element) =>
          (
            element.getAttribute("aria-label") ??
            (element as HTMLInputElement).labels?.[0]?.innerText ??
            element.textContent ??
            ""
          ).trim(),
        )
        .filter((name) => !reached.includes(name)),
    stops.map(({ name }) => name),
  );
}

async function expectWalkable(page: Page): Promise<Stop[]> {
  const stops = await tabStops(page);
  expect(await unreached(page, stops)).toEqual([]);
  expect(stops.filter(({ visible }) => visible === "invisible")).toEqual([]);
  expect(stops.filter(({ inView }) => !inView)).toEqual([]);
  return stops;
}

test("Tab walks the popup from the search to the settings, with the list as one stop", async () => {
  const popup = await steps.openPopupTab(browser);
  await popup.locator("[data-code]").nth(2).waitFor();
  const stops = await expectWalkable(popup);
  const names = stops.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      t("list.search"),
      t("list.add"),
      t("list.lock"),
      t("row.more", { name: "Harbour" }),
      t("foot.settings"),
    ]),
  );
  expect(names).not.toContain(t("row.more", { name: "Lighthouse" }));
});

test("Tab walks every screen of the popup and every section of the page", async () => {
  const popup = await steps.openPopupTab(browser);
  await popup.locator("[data-code]").nth(2).waitFor();
  await popup.keyboard.press("Alt+e");
  await popup.locator(".form-live [data-code]").waitFor();
  await popup.locator("summary").click();
  await expectWalkable(popup);
  await popup.keyboard.press("Escape");
  await popup.keyboard.press("Alt+n");
  await popup.getByRole("heading", { name: t("add.title") }).waitFor();
  await expectWalkable(popup);
  await popup.close();

  for (const section of ["image", "backup", "trash", "settings", "area", "camera", "screen"]) {
    const page = await browser.openExtensionPage(`page.html#/${section}`);
    await page.locator("h1").waitFor();
    await expectWalkable(page);
    await page.close();
  }
});

test("an account is typed in, found, copied and trashed, and the vault locked, without a mouse", async () => {
  const popup = await steps.openPopupTab(browser);
  await popup.locator("[data-code]").nth(2).waitFor();
  const press = async (...keys: string[]) => {
    for (const key of keys) await popup.keyboard.press(key);
  };
  await press("Alt+n");
  await popup.getByRole("heading", { name: t("add.title") }).waitFor();
  // The first way in has the focus; the sixth is typing.
  await press("Tab", "Tab", "Tab", "Tab", "Tab", "Enter");
  await popup.getByLabel(t("form.issuer")).waitFor();
  expect(await popup.getByLabel(t("form.issuer")).evaluate((field) => field === document.activeElement)).toBe(
    true,
  );
  await popup.keyboard.type("Keyboard");
  await press("Tab");
  await popup.keyboard.type("bob@example.com");
  await press("Tab");
  await popup.keyboard.type("jbsw y3dp-ehpk 3pxp");
  await press("Enter");
  await eventually(() => popup.getByRole("status").allInnerTexts()).toContain(
    t("keep.done", { name: "Keyboard" }),
  );

  await popup.getByRole("combobox").waitFor();
  await popup.keyboard.type("keyb");
  await popup.locator(".row [data-code]").waitFor();
  await press("Control+c");
  await eventually(() => popup.getByRole("status").allInnerTexts()).toContain(
    t("copy.done", { name: "Keyboard" }),
  );
  await press("Tab", "Tab", "Tab", "Enter");
  await popup.getByRole("menu").waitFor();
  await press("ArrowUp", "Enter");
  await eventually(() => popup.getByRole("status").allInnerTexts()).toContain(
    t("trash.moved", { name: "Keyboard" }),
  );
  await press("Alt+l");
  await popup.getByText(t("locked.by-hand")).waitFor();
  // The one field has the focus already.
  await popup.keyboard.type(steps.PASSPHRASE);
  await press("Enter");
  await eventually(() => popup.locator(".row").count()).toBe(3);
});

test("leaving a screen never leaves the focus on nothing", async () => {
  const popup = await steps.openPopupTab(browser);
  await popup.locator("[data-code]").nth(2).waitFor();
  const focused = () => popup.evaluate(() => document.activeElement?.tagName ?? "none");
  for (const [there, heading] of [
    ["Alt+n", t("add.title")],
    ["Alt+e", t("edit.title")],
  ] as const) {
    await popup.keyboard.press(there);
    await popup.getByRole("heading", { name: heading }).waitFor();
    await eventually(focused).not.toBe("BODY");
    await popup.keyboard.press("Escape");
    await eventually(() =>
      popup.getByRole("combobox").evaluate((field) => field === document.activeElement),
    ).toBe(true);
  }
  await popup.keyboard.press("Alt+l");
  await eventually(focused).toBe("INPUT");
  await steps.unlockWith(popup, steps.PASSPHRASE);
  await eventually(() =>
    popup.getByRole("combobox").evaluate((field) => field === document.activeElement),
  ).toBe(true);
});

test("the list is a combobox over a grid: the active row is named, and ticking is announced to nobody", async () => {
  const popup = await steps.openPopupTab(browser);
  await popup.locator("[data-code]").nth(2).waitFor();
  const search = popup.getByRole("combobox");
  expect(await search.getAttribute("aria-controls")).toBe(await popup.getByRole("grid").getAttribute("id"));
  await popup.keyboard.press("ArrowDown");
  const active = popup.locator(`[id="${await search.getAttribute("aria-activedescendant")}"]`);
  expect(await active.getAttribute("role")).toBe("row");
  expect(await active.getAttribute("aria-selected")).toBe("true");
  expect(await popup.locator("[aria-selected=true]").count()).toBe(1);
  const live = await popup.evaluate(() =>
    [...document.querySelectorAll("[aria-live], [role=status], [role=alert], [role=timer]")].map(
      (element) => element.textContent,
    ),
  );
  await popup.waitForTimeout(2_200);
  expect(
    await popup.evaluate(() =>
      [...document.querySelectorAll("[aria-live], [role=status], [role=alert], [role=timer]")].map(
        (element) => element.textContent,
      ),
    ),
  ).toEqual(live);
  await popup.getByText(tn("foot.locks-in", 15)).waitFor();
});
