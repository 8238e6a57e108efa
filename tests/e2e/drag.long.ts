import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import { pastedText } from "./steps/clipboard.ts";
import { middleOf } from "./steps/context-menu.ts";
import { dumpDatabases } from "./stored-data.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** Rows that are dragged by their grip, with a real pointer. The tests build on each other. */
const { t } = wordsIn("en");
const NAMES = ["Anchor", "Beacon", "Crane", "Dock", "Engine", "Ferry"];
const MANY = 200;
const entries = [
  ...NAMES,
  ...Array.from({ length: MANY }, (_, at) => `Number ${String(at).padStart(3, "0")}`),
].map((issuer) => steps.entryOf({ issuer, account: "alice@example.com", period: 86_400 }));

let browser: ExtensionBrowser;
let popup: Page;

beforeAll(async () => {
  browser = await steps.launch();
  await steps.restoreInto(browser, entries, null);
});
afterAll(() => browser?.close());
beforeEach(async () => {
  popup = await steps.openPopupTab(browser);
  await popup.locator(".row [data-code]").first().waitFor();
});
afterEach(() => popup.close());

const row = (page: Page, name: string): Locator => page.locator(".row", { hasText: name });
const shown = async (page: Page) => (await steps.drawnRows(page)).map(({ name }) => name);
const firstSix = async () => (await shown(popup)).slice(0, 6);
const toast = (page: Page) => page.locator(".toast > span").innerText();
const revision = async () =>
  JSON.parse(await dumpDatabases(popup))["countersign/vault"].rows[0].rev as number;

/**
 * Takes a row by its grip and carries it over another one, trembling there as hands do until it is seen to have worked.
 * It is not let go.
 */
async function carry(
  page: Page,
  name: string,
  over: string,
  hasWorked: () => Promise<boolean>,
): Promise<void> {
  const from = await middleOf(row(page, name).locator(".row-grip"));
  const to = await middleOf(row(page, over));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  let moves = 0;
  const tremble = async () => {
    await page.mouse.move(from.x + (moves++ % 2), to.y, { steps: 4 });
    return hasWorked();
  };
  await eventually(tremble).toBe(true);
}
const isInHand = async (page: Page) => (await page.locator(".row.dragged").count()) === 1;
const take = (page: Page, name: string, over: string) => carry(page, name, over, () => isInHand(page));

async function drag(page: Page, name: string, over: string): Promise<void> {
  await take(page, name, over);
  await page.mouse.up();
}

test("where the list goes by use nothing moves: it says why, and offers the other order", async () => {
  const before = await revision();
  await carry(popup, "Dock", "Anchor", async () => (await popup.locator(".toast").count()) === 1);
  expect(await toast(popup)).toBe(t("list.by-usage"));
  await popup.mouse.up();
  expect(await firstSix()).toEqual(NAMES);
  expect(await revision()).toBe(before);
  await popup.getByRole("button", { name: t("settings.sort.hand") }).click();
  await eventually(() => toast(popup)).toBe(t("list.now-by-hand"));
  expect(await firstSix()).toEqual(NAMES);
});

test("a row is put where it is let go, in one write, said in words, and undone by one press", async () => {
  const before = await revision();
  await drag(popup, "Dock", "Beacon");
  await eventually(firstSix).toEqual(["Anchor", "Dock", "Beacon", "Crane", "Engine", "Ferry"]);
  const said = t("list.moved", { name: "Dock", place: 2, count: NAMES.length + MANY });
  await eventually(() => toast(popup)).toBe(said);
  await eventually(() => popup.getByRole("status").allInnerTexts()).toContainEqual(
    expect.stringContaining(said),
  );
  expect(await revision()).toBe(before + 1);
  await browser.picture(popup, "drag-dropped");

  const other = await steps.openPopupTab(browser);
  await eventually(async () => (await shown(other)).slice(0, 3)).toEqual(["Anchor", "Dock", "Beacon"]);
  await other.close();
  await popup.bringToFront();
  await popup.getByRole("button", { name: t("action.undo") }).click();
  await eventually(firstSix).toEqual(NAMES);
  await eventually(() => toast(popup)).toBe(t("list.moved-back", { name: "Dock" }));
  expect(await revision()).toBe(before + 2);
});

test("by keyboard the same order is changed, and the new place is said there too", async () => {
  const said = (name: string, place: number) =>
    eventually(() => popup.getByRole("status").allInnerTexts()).toContainEqual(
      expect.stringContaining(t("list.moved", { name, place, count: NAMES.length + MANY })),
    );
  await popup.keyboard.press("Alt+ArrowDown");
  await eventually(firstSix).toEqual(["Beacon", "Anchor", "Crane", "Dock", "Engine", "Ferry"]);
  await said("Anchor", 2);
  // The keys stay with the row that they move.
  await popup.keyboard.press("Alt+ArrowDown");
  await eventually(firstSix).toEqual(["Beacon", "Crane", "Anchor", "Dock", "Engine", "Ferry"]);
  await said("Anchor", 3);
  for (const place of [2, 1]) {
    await popup.keyboard.press("Alt+ArrowUp");
    await said("Anchor", place);
  }
  await eventually(firstSix).toEqual(NAMES);
});

test("while it is in the hand the others make room, and nothing is written; Escape puts it back", async () => {
  const before = await dumpDatabases(popup);
  await take(popup, "Anchor", "Crane");
  await browser.picture(popup, "drag-in-hand");
  await popup.emulateMedia({ colorScheme: "dark" });
  await browser.picture(popup, "drag-in-hand-dark");
  await popup.emulateMedia({ colorScheme: "light" });
  await eventually(firstSix).toEqual(["Beacon", "Crane", "Anchor", "Dock", "Engine", "Ferry"]);
  expect(await popup.locator(".row.selected .row-issuer").allInnerTexts()).toEqual(["Anchor"]);
  await popup.keyboard.press("Escape");
  await eventually(firstSix).toEqual(NAMES);
  await popup.mouse.up();
  expect(popup.isClosed()).toBe(false);
  expect(await popup.locator(".toast").count()).toBe(0);
  expect(await dumpDatabases(popup)).toBe(before);
});

test("a click on the grip copies as one on the row does", async () => {
  await row(popup, "Crane").hover();
  await row(popup, "Crane").locator(".row-grip").click();
  await eventually(() => toast(popup)).toContain(t("copy.done", { name: "Crane" }));
  const crane = entries[2];
  expect(await pastedText(browser.context)).toBe(crane && steps.expectedCode(crane, Date.now()));
});

test("one drag after the other finds the order that the last one made, and typing still searches then", async () => {
  await drag(popup, "Beacon", "Anchor");
  await drag(popup, "Anchor", "Dock");
  await drag(popup, "Anchor", "Beacon");
  const count = NAMES.length + MANY;
  await eventually(() => toast(popup)).toBe(t("list.moved", { name: "Anchor", place: 1, count }));
  await popup.keyboard.type("ferr");
  await eventually(() => shown(popup)).toEqual(["Ferry"]);
  expect(await popup.locator(".row-grip").count(), "what a search finds stands in no order").toBe(0);
  await popup.reload();
  await eventually(firstSix).toEqual(NAMES);
});

test("held at the edge the list scrolls, and a row comes from its first place to its last", async () => {
  const list = await popup.locator(".list").boundingBox();
  if (!list) throw Error("there is a list");
  await take(popup, "Anchor", "Crane");
  await popup.mouse.move(list.x + 10, list.y + list.height - 2, { steps: 4 });
  const atEnd = () =>
    popup
      .locator(".list")
      .evaluate((element) => element.scrollTop + element.clientHeight >= element.scrollHeight - 1);
  await eventually(atEnd).toBe(true);
  await popup.mouse.up();
  const count = NAMES.length + MANY;
  await eventually(() => toast(popup)).toBe(t("list.moved", { name: "Anchor", place: count, count }));
  await eventually(async () => (await shown(popup)).at(-1)).toBe("Anchor");
  await popup.getByRole("button", { name: t("action.undo") }).click();
  await eventually(() => toast(popup)).toBe(t("list.moved-back", { name: "Anchor" }));
  await popup.locator(".list").evaluate((element) => element.scrollTo(0, 0));
  await eventually(firstSix).toEqual(NAMES);
});

test("a finger takes a row by its grip, and does not scroll the list with it", async () => {
  const session = await popup.context().newCDPSession(popup);
  await session.send("Emulation.setTouchEmulationEnabled", { enabled: true });
  const from = await middleOf(row(popup, "Anchor").locator(".row-grip"));
  const to = await middleOf(row(popup, "Crane"));
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", y?: number) =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: y === undefined ? [] : [{ x: from.x, y }],
    });
  await touch("touchStart", from.y);
  for (let step = 1; step <= 8; step++) await touch("touchMove", from.y + ((to.y - from.y) * step) / 8);
  await eventually(() => isInHand(popup)).toBe(true);
  expect(await popup.locator(".list").evaluate((list) => list.scrollTop)).toBe(0);
  await touch("touchEnd");
  await eventually(firstSix).toEqual(["Beacon", "Crane", "Anchor", "Dock", "Engine", "Ferry"]);
  await popup.getByRole("button", { name: t("action.undo") }).click();
  await eventually(firstSix).toEqual(NAMES);
});

test("a row stays in its section, and the pinned ones can be moved whatever the order of the rest", async () => {
  for (const name of ["Dock", "Ferry"]) {
    await popup.getByRole("combobox").fill(name);
    await popup.keyboard.press("Alt+p");
    await row(popup, name).locator(".row-pin").waitFor();
  }
  await popup.getByRole("combobox").fill("");
  await eventually(async () => (await shown(popup)).slice(0, 3)).toEqual(["Dock", "Ferry", "Anchor"]);
  await drag(popup, "Dock", "Crane");
  await eventually(async () => (await shown(popup)).slice(0, 3)).toEqual(["Ferry", "Dock", "Anchor"]);
  await eventually(() => toast(popup)).toBe(t("list.moved", { name: "Dock", place: 2, count: 2 }));
});

test("the full page's list is moved the same way, and not while it shows only some", async () => {
  const page = await browser.openExtensionPage("page.html#/codes");
  await page.locator(".row [data-code]").nth(4).waitFor();
  const names = async () => (await shown(page)).slice(0, 5);
  expect(await names()).toEqual(["Ferry", "Dock", "Anchor", "Beacon", "Crane"]);
  await take(page, "Crane", "Anchor");
  await browser.picture(page, "drag-page");
  await page.mouse.up();
  await eventually(names).toEqual(["Ferry", "Dock", "Crane", "Anchor", "Beacon"]);
  await page.getByRole("button", { name: t("action.undo") }).click();
  await eventually(names).toEqual(["Ferry", "Dock", "Anchor", "Beacon", "Crane"]);
  await page.getByLabel(t("list.search")).fill("number");
  await eventually(async () => (await names())[0]).toBe("Number 000");
  expect(await page.locator(".row-grip").count()).toBe(0);
  await page.close();
});
