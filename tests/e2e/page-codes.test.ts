import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GRID_KEYS } from "../../extension/entrypoints/page/codes/grid-keys.ts";
import { LIST_KEYS } from "../../extension/screens/list-keys.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import { dumpDatabases } from "./stored-data.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** All entries in the full page: choosing, changing many, and taking it back. The tests build on each other. */
const { t, tn } = wordsIn("en");
const NAMES = ["Anchor", "Berth", "Compass", "Dock", "Estuary", "Ferry"];
const entries = NAMES.map((issuer, at) =>
  steps.entryOf({ issuer, account: "alice@example.com", tags: at < 2 ? ["old"] : [] }),
);

let browser: ExtensionBrowser;
let page: Page;

beforeAll(async () => {
  browser = await steps.launch();
  await steps.restoreInto(browser, entries, null);
  page = await browser.openExtensionPage("page.html#/codes");
  await page.locator(".row [data-code]").nth(5).waitFor();
});
afterAll(() => browser?.close());

const names = async () => (await steps.drawnRows(page)).map(({ name }) => name);
const chosen = async () =>
  (await page.locator(".row[aria-selected=true] .row-issuer").allInnerTexts()).map((name) => name.trim());
const button = (name: string) => page.getByRole("button", { name, exact: true });
const box = (name: string) => page.getByLabel(t("row.choose", { name }));
const toast = () => page.locator(".toast > span").innerText();
/** How often the vault was written, as the vault counts it. */
const revision = async () => JSON.parse(await dumpDatabases(page))["countersign/vault"].rows[0].rev as number;
/** Each name with what stands under it. */
const details = async () =>
  Object.fromEntries(
    await page
      .locator(".row")
      .evaluateAll((rows) =>
        rows.map((row) => [
          row.querySelector(".row-issuer")?.textContent,
          row.querySelector(".row-account")?.textContent?.split(" · ")[1] ?? "",
        ]),
      ),
  );

test("every entry is there with its live code", async () => {
  expect(await names()).toEqual(NAMES);
  for (const { name, code } of await steps.drawnRows(page)) {
    const entry = entries.find(({ issuer }) => issuer === name);
    expect(code).toBe(entry && steps.expectedCode(entry, Date.now()));
  }
});

test("copying a code moves no row, though the order is by use", async () => {
  await page.locator(".row", { hasText: "Ferry" }).click();
  await eventually(toast).toBe(t("copy.done", { name: "Ferry" }));
  const again = await steps.openPopupTab(browser);
  await eventually(async () => (await steps.drawnRows(again))[0]?.name).toBe("Ferry");
  await again.close();
  await page.bringToFront();
  expect(await names()).toEqual(NAMES);
});

test("ticks choose one by one, and with Shift from the last one on", async () => {
  await box("Berth").click();
  await box("Dock").click({ modifiers: ["Shift"] });
  expect(await chosen()).toEqual(["Berth", "Compass", "Dock"]);
  await page.getByText(tn("many.chosen", 3)).first().waitFor();
  await box("Compass").click();
  expect(await chosen()).toEqual(["Berth", "Dock"]);
});

test("tags are added to all that are chosen in one write, said in words, and taken back", async () => {
  await button(t("many.tags")).click();
  const before = await revision();
  await page.getByLabel(t("many.add-tags")).fill("work, 运维");
  await page.keyboard.press("Enter");
  await eventually(toast).toBe(tn("many.tagged", 2, { what: "work and 运维" }));
  expect(await revision()).toBe(before + 1);
  await eventually(details).toMatchObject({
    Berth: "old, work, 运维",
    Dock: "work, 运维",
    Anchor: "old",
    Ferry: "",
  });
  await button(t("action.undo")).click();
  await eventually(toast).toBe(tn("many.undone", 2));
  await eventually(details).toMatchObject({ Berth: "old", Dock: "" });
  expect(await revision()).toBe(before + 2);
});

test("taking it back leaves alone what another page wrote meanwhile", async () => {
  await page.getByLabel(t("many.add-tags")).fill("work");
  await button(t("many.add")).click();
  await eventually(details).toMatchObject({ Berth: "old, work", Dock: "work" });
  const other = await steps.openPopupTab(browser);
  await other.getByRole("combobox").fill("Dock");
  await other.keyboard.press("Alt+e");
  await other.getByLabel(t("form.tags")).fill("mine, work");
  await other.keyboard.press("Enter");
  await other.getByText(t("edit.saved")).first().waitFor();
  await other.close();
  await page.bringToFront();
  await button(t("action.undo")).click();
  await eventually(details).toMatchObject({ Berth: "old", Dock: "mine" });
});

test("a tag is taken away where it is, and sites are added only if codes may go there", async () => {
  await page.getByRole("button", { name: tn("many.remove", 1, { what: "mine" }) }).click();
  await eventually(toast).toBe(tn("many.untagged", 1, { what: "mine" }));
  await button(t("many.sites")).click();
  await page.getByLabel(t("many.add-sites")).fill("*.co.uk");
  await page.keyboard.press("Enter");
  await page.getByText(t("form.site-problem.not-a-domain")).waitFor();
  await page.getByLabel(t("many.add-sites")).fill("https://harbour.example/login, *.example.org");
  await page.keyboard.press("Enter");
  await eventually(toast).toBe(tn("many.sited", 2, { what: "harbour.example and *.example.org" }));
  await page.keyboard.press("Escape");
  await eventually(() => page.getByLabel(t("many.add-sites")).count()).toBe(0);
});

test("the list narrows to a tag, a site and a word, and forgets what is chosen but out of sight", async () => {
  await page.getByLabel(t("codes.filter-site")).selectOption("harbour.example");
  await eventually(names).toEqual(["Berth", "Dock"]);
  await page.getByLabel(t("codes.filter-tag")).selectOption("old");
  await eventually(names).toEqual(["Berth"]);
  await page.getByText(tn("many.chosen", 1)).first().waitFor();
  await page.getByLabel(t("codes.filter-tag")).selectOption("");
  await page.getByLabel(t("codes.filter-site")).selectOption("");
  await eventually(names).toEqual(NAMES);
  expect(await chosen()).toEqual(["Berth"]);
  await page.getByLabel(t("list.search")).fill("comp");
  await eventually(names).toEqual(["Compass"]);
  expect(await chosen()).toEqual([]);
  await page.getByLabel(t("list.search")).press("Escape");
  await eventually(names).toEqual(NAMES);
});

test("all of it works by keyboard alone, and is said to a screen reader", async () => {
  await page.getByLabel(t("list.search")).focus();
  await page.keyboard.press("ArrowDown");
  const grid = page.getByRole("grid");
  expect(await grid.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press("Home");
  await page.keyboard.press("Space");
  expect(await chosen()).toEqual(["Anchor"]);
  const status = page.getByRole("status");
  await eventually(() => status.innerText()).toContain(tn("many.chosen", 1));
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  expect(await chosen()).toEqual(["Anchor", "Berth", "Compass"]);
  await page.keyboard.press("Shift+ArrowUp");
  expect(await chosen()).toEqual(["Anchor", "Berth"]);
  const active = await grid.getAttribute("aria-activedescendant");
  expect(await page.locator(`[id="${active}"] .row-issuer`).innerText()).toBe("Berth");
  await page.keyboard.press("Control+a");
  expect(await chosen()).toEqual(NAMES);
  await page.keyboard.press("Escape");
  expect(await chosen()).toEqual([]);
  await eventually(() => status.innerText()).toContain(t("many.none-chosen"));
  // The keyboard goes on from where it stood, and chooses from there.
  await page.keyboard.press("End");
  await page.keyboard.press("Shift+ArrowUp");
  expect(await chosen()).toEqual(["Estuary", "Ferry"]);
  await page.keyboard.press("Delete");
  await eventually(toast).toBe(tn("many.trashed", 2));
  await eventually(names).toEqual(NAMES.slice(0, 4));
  expect(await grid.evaluate((element) => element === document.activeElement)).toBe(true);
  await eventually(() => page.locator(".row.selected .row-issuer").allInnerTexts()).toEqual(["Dock"]);
  await button(t("action.undo")).focus();
  await page.keyboard.press("Enter");
  await eventually(names).toEqual(NAMES);
});

test("one entry is edited in the page, and the keyboard comes back to it", async () => {
  await page.getByRole("grid").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Alt+e");
  await page.getByLabel(t("form.account")).fill("bob@example.com");
  await page.keyboard.press("Enter");
  await page.getByText("bob@example.com").first().waitFor();
  await eventually(() => page.locator(".row.selected .row-issuer").allInnerTexts()).toEqual(["Berth"]);
  await eventually(() =>
    page.getByRole("grid").evaluate((element) => element === document.activeElement),
  ).toBe(true);
});

test("the trash gives several back at once, and is emptied only after a question that names how many", async () => {
  for (const name of ["Anchor", "Berth", "Compass"]) await box(name).click();
  await button(t("many.trash")).click();
  await eventually(toast).toBe(tn("many.trashed", 3));
  await page.getByRole("link", { name: t("page.trash") }).click();
  await page.locator("tbody tr").nth(2).waitFor();
  expect(await page.locator("h1").evaluate((heading) => heading === document.activeElement)).toBe(true);
  expect(await page.title()).toContain(t("page.trash"));
  await page.getByRole("checkbox", { name: "Anchor" }).check();
  await button(t("trash.restore-chosen")).click();
  await eventually(toast).toBe(tn("many.restored", 1));
  await eventually(() => page.locator("tbody tr").count()).toBe(2);
  await button(t("action.undo")).click();
  await eventually(() => page.locator("tbody tr").count()).toBe(3);
  await page.getByRole("checkbox", { name: "Anchor" }).check();
  await button(t("trash.restore-chosen")).click();
  await eventually(() => page.locator("tbody tr").count()).toBe(2);
  await button(t("trash.empty-all")).click();
  await page.getByText(tn("trash.leave-question", 2)).waitFor();
  await page.getByLabel(t("trash.no-way-back")).check();
  await page.getByText(tn("trash.empty-question", 2)).waitFor();
  await button(tn("trash.empty-sure", 2)).click();
  await page.getByText(t("trash.empty")).waitFor();
  await page.getByRole("link", { name: t("page.codes"), exact: true }).click();
  await eventually(async () => (await names()).sort()).toEqual(["Anchor", "Dock", "Estuary", "Ferry"]);
});

test("a clock that went back since the last use is said above the list", async () => {
  await page.evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: { storage: { local: { set(items: object): Promise<void> } } };
    };
    await chrome.storage.local.set({ "last-seen": { at: Date.now() + 2 * 3_600_000, jump: null } });
  });
  await page.reload();
  const notice = page.getByRole("note");
  await notice.waitFor();
  expect(await notice.innerText()).toContain("2 hours");
  await browser.picture(page, "page-clock");
});

test("the help lists every key of the tables that the keys go by, and the browser's own as they are set", async () => {
  await page.getByRole("link", { name: t("page.help") }).click();
  const listed = await page
    .locator("[data-chord]")
    .evaluateAll((lines) => lines.map((line) => line.getAttribute("data-chord")));
  expect(listed).toEqual([...LIST_KEYS, ...GRID_KEYS].map(({ chord }) => chord));
  const commands = page.locator("section", { has: page.locator("#help-commands") });
  await eventually(() => commands.locator("kbd").allInnerTexts()).toEqual(
    expect.arrayContaining(["Alt+Shift+S", "Alt+Shift+F"]),
  );
  const opened = browser.context.waitForEvent("page");
  await button(t("help.commands-change")).click();
  expect((await opened).url()).toMatch(/extensions\/shortcuts/);
});
