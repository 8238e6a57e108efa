import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import { pastedText } from "./steps/clipboard.ts";
import { dumpStorage } from "./stored-data.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** The popup's list under the hands of somebody who never lets go of the keyboard. */
const { t } = wordsIn("en");
// Codes that last for hours, so that none changes between the reading and the reckoning.
const entries = [
  { issuer: "Anchor", account: "alice@example.com", tags: ["work"] },
  { issuer: "Beacon", account: "bob@example.com", sites: ["login.beacon.example"] },
  { issuer: "微信支付", account: "爱丽丝" },
  { issuer: "ＦＵＬＬ Width Bank", account: "eve@example.com" },
  { issuer: "Łódź Zürich", account: "alice@example.com" },
  { issuer: "Crane", account: "alice@example.com" },
  { issuer: "Dock", account: "alice@example.com" },
  { issuer: "Engine", account: "bob@example.com" },
  { issuer: "Ferry", account: "bob@example.com" },
  { issuer: "Gull", account: "bob@example.com" },
  { issuer: "Counter", account: "eve", type: "hotp" as const, period: null, counter: 5 },
].map((entry) => steps.entryOf({ period: 86_400, ...entry }));
const names = entries.map(({ issuer }) => issuer);

let browser: ExtensionBrowser;
let popup: Page;

beforeAll(async () => {
  browser = await steps.launch();
  await steps.restoreInto(browser, entries, steps.PASSPHRASE);
});
afterAll(() => browser?.close());
beforeEach(async () => {
  popup = await steps.openPopupTab(browser);
  await popup.locator(".row [data-code]").first().waitFor();
});
afterEach(() => popup.close());

const search = () => popup.getByRole("combobox");
const shown = async () => (await steps.drawnRows(popup)).map(({ name }) => name);
/** The entry that the search field says is the active one: what a screen reader reads. */
const selected = async (): Promise<string> => {
  const id = await search().getAttribute("aria-activedescendant");
  return popup.locator(`[id="${id}"] .row-issuer`).innerText();
};
const toast = () => popup.locator(".toast");

test("typing filters at once, whatever the script, the width or the accents", async () => {
  expect(await search().evaluate((field) => field === document.activeElement)).toBe(true);
  for (const [typed, found] of [
    ["anch", ["Anchor"]],
    ["微信", ["微信支付"]],
    ["支付", ["微信支付"]],
    ["丽丝", ["微信支付"]],
    ["full", ["ＦＵＬＬ Width Bank"]],
    ["ｆｕｌｌ　ｂａｎｋ", ["ＦＵＬＬ Width Bank"]],
    ["łódź", ["Łódź Zürich"]],
    ["zurich", ["Łódź Zürich"]],
    ["ZÜRICH", ["Łódź Zürich"]],
    ["work", ["Anchor"]],
    ["beacon.example", ["Beacon"]],
    ["bob gu", ["Gull"]],
    ["nobody", []],
  ] as const) {
    await search().fill(typed);
    expect(await shown(), typed).toEqual(found);
  }
  await popup
    .getByText(t("list.no-match", { query: "nobody" }))
    .first()
    .waitFor();
  await popup.keyboard.press("Escape");
  expect(await search().inputValue()).toBe("");
  expect((await shown()).slice(0, 4)).toEqual(names.slice(0, 4));
  const closed = popup.waitForEvent("close");
  await popup.keyboard.press("Escape").catch(() => {});
  await closed;
});

test("an input method's Enter and arrows belong to it, not to the list", async () => {
  const session = await popup.context().newCDPSession(popup);
  await session.send("Input.imeSetComposition", { text: "weix", selectionStart: 4, selectionEnd: 4 });
  const key = { type: "rawKeyDown", key: "Enter", code: "Enter", windowsVirtualKeyCode: 229 } as const;
  await session.send("Input.dispatchKeyEvent", key);
  await popup.evaluate(() =>
    document.activeElement?.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true }),
    ),
  );
  expect(await toast().count()).toBe(0);
  await session.send("Input.insertText", { text: "微信" });
  expect(await search().inputValue()).toBe("微信");
  expect(await shown()).toEqual(["微信支付"]);
});

test("arrows and page keys move the selection, and it is always in sight", async () => {
  expect(await selected()).toBe("Anchor");
  await popup.keyboard.press("ArrowDown");
  expect(await selected()).toBe("Beacon");
  await popup.keyboard.press("PageDown");
  expect(await selected()).toBe("Gull");
  await popup.keyboard.press("PageDown");
  expect(await selected()).toBe("Counter");
  const inSight = () =>
    popup.locator(".row.selected").evaluate((row) => {
      const list = row.closest(".list")?.getBoundingClientRect() ?? new DOMRect();
      const own = row.getBoundingClientRect();
      return own.top >= list.top && own.bottom <= list.bottom;
    });
  expect(await inSight()).toBe(true);
  await popup.keyboard.press("ArrowDown");
  expect(await selected(), "the end is the end").toBe("Counter");
  await popup.keyboard.press("PageUp");
  await popup.keyboard.press("PageUp");
  expect(await selected()).toBe("Anchor");
  expect(await inSight()).toBe(true);
  expect(await popup.locator(".list").evaluate((list) => list.scrollTop)).toBe(0);
});

test("the selection follows the keys even where the pointer happens to lie on another row", async () => {
  await popup.mouse.move(190, 300);
  const under = await selected();
  for (let press = 0; press < 4; press++) await popup.keyboard.press("ArrowDown");
  expect(await selected()).toBe(names[names.indexOf(under) + 4]);
  await popup.mouse.move(0, 0);
});

test("Enter and Ctrl+C copy the code of the selected row and say so", async () => {
  for (const [keys, name] of [
    [["ArrowDown", "Enter"], "Beacon"],
    [["ArrowDown", "ArrowDown", "Control+c"], "微信支付"],
  ] as const) {
    for (const key of keys) await popup.keyboard.press(key);
    // Enter tries to fill first; a page of our own is none that could be filled.
    await eventually(() => toast().innerText()).toContain(t("copy.done", { name }));
    await eventually(() => popup.getByRole("status").allInnerTexts()).toContainEqual(
      expect.stringContaining(name),
    );
    const entry = entries.find(({ issuer }) => issuer === name);
    expect(await pastedText(browser.context)).toBe(entry && steps.expectedCode(entry, Date.now()));
    await popup.reload();
    await popup.locator(".row [data-code]").first().waitFor();
  }
});

test("text chosen in the search field is copied as text", async () => {
  await search().fill("anchor");
  await search().press("Control+a");
  await search().press("Control+c");
  expect(await toast().count()).toBe(0);
  expect(await pastedText(browser.context)).toBe("anchor");
});

test("what is used most comes first, until the order is made by hand", async () => {
  // The tests above have used two of them once.
  expect((await shown()).slice(0, 3).sort()).toEqual(["Anchor", "Beacon", "微信支付"].sort());
  expect((await shown())[2]).toBe("Anchor");

  await search().fill("dock");
  await popup.keyboard.press("Alt+ArrowUp");
  await search().fill("");
  await eventually(() => dumpStorage(popup, "local")).toMatchObject({ preferences: { sortBy: "hand" } });
  await eventually(() => toast().innerText()).toContain(t("list.now-by-hand"));
});

test("pinning keeps an entry on top, unpinning lets it go", async () => {
  await search().fill("ferry");
  await popup.keyboard.press("Alt+p");
  await search().fill("");
  await eventually(shown).toMatchObject({ 0: "Ferry" });
  await popup.getByRole("gridcell", { name: t("list.pinned"), exact: true }).waitFor();
  await popup.keyboard.press("Alt+p");
  await eventually(async () => (await shown())[0]).not.toBe("Ferry");
});

test("Alt+E edits the selected entry, Alt+N adds one, Escape comes back", async () => {
  await search().fill("crane");
  await popup.keyboard.press("Alt+e");
  await popup.getByRole("heading", { name: t("edit.title") }).waitFor();
  expect(await popup.getByLabel(t("form.issuer")).inputValue()).toBe("Crane");
  await popup.getByLabel(t("form.issuer")).fill("Crane & Sons");
  await popup.keyboard.press("Enter");
  await popup.getByText("Crane & Sons").waitFor();
  await popup.keyboard.press("Alt+n");
  await popup.getByRole("heading", { name: t("add.title") }).waitFor();
  await popup.keyboard.press("Escape");
  await search().waitFor();
});

test("a counter's code is made only when it is asked for, and once for each press", async () => {
  await search().fill("counter");
  await popup.getByText(t("row.ask-code")).waitFor();
  await popup.keyboard.press("Control+c");
  await eventually(() => toast().innerText()).toContain("Counter");
  const [counter] = entries.slice(-1);
  if (counter === undefined) throw Error("no entry with a counter");
  expect((await steps.drawnRows(popup))[0]?.code).toBe(steps.expectedCode(counter, 0));
  await popup.keyboard.press("Control+c");
  await eventually(async () => (await steps.drawnRows(popup))[0]?.code).toBe(
    steps.expectedCode({ ...counter, counter: 6 }, 0),
  );
});

test("what went to the trash by mistake comes back with one press", async () => {
  await search().fill("gull");
  await popup.locator(".row-more").click();
  await popup.getByRole("menuitem", { name: t("row.trash") }).click();
  await eventually(shown).toEqual([]);
  await toast()
    .getByRole("button", { name: t("action.undo") })
    .click();
  await eventually(shown).toEqual(["Gull"]);
});

test("the menu opens by the keyboard, walks by arrows, and gives the focus back", async () => {
  await popup.keyboard.press("ArrowDown");
  const more = popup.locator(".row.selected .row-more");
  await more.focus();
  await popup.keyboard.press("Enter");
  const items = popup.getByRole("menuitem");
  await eventually(() => items.first().evaluate((item) => item === document.activeElement)).toBe(true);
  await popup.keyboard.press("ArrowUp");
  expect(await items.last().evaluate((item) => item === document.activeElement)).toBe(true);
  await popup.keyboard.press("Escape");
  expect(await popup.getByRole("menu").count()).toBe(0);
  expect(await more.evaluate((button) => button === document.activeElement)).toBe(true);
});
