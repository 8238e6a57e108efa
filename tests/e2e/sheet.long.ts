import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import { pressSheet } from "./steps/export.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** Accounts on paper. */
const { t, tn } = wordsIn("en");
const entries = [
  steps.entryOf({ issuer: "Anchor", account: "alice@example.com" }),
  steps.entryOf({ issuer: "灯塔", account: "爱丽丝", algorithm: "SHA256", digits: 8, period: 60 }),
  steps.entryOf({ issuer: "Counter", account: "bob", type: "hotp", period: null, counter: 7 }),
  steps.entryOf({ issuer: "Dock: east", account: "eve+dock@example.com" }),
  steps.entryOf({ issuer: "Estuary", account: "alice" }),
  steps.entryOf({ issuer: "Ferry", account: "alice" }),
  steps.entryOf({ issuer: "Gangway", account: "alice" }),
  steps.entryOf({ issuer: "Harbour", account: "alice" }),
  steps.entryOf({ issuer: "Steam", account: "alice", type: "steam", digits: 5 }),
];

let browser: ExtensionBrowser;
let sheet: Page;

beforeAll(async () => {
  browser = await steps.launch();
  await steps.restoreInto(browser, entries, steps.PASSPHRASE);
});
afterAll(() => browser?.close());

/** Presses what opens a sheet, and counts what asks to print in its window. */
async function openSheet(page: Page, press: () => Promise<void>): Promise<Page> {
  const opened = browser.context.waitForEvent("page");
  await press();
  const window = await opened;
  await window.locator("h1").waitFor();
  await window.evaluate(() => {
    Object.assign(globalThis, { printed: 0 });
    globalThis.print = () => {
      Object.assign(globalThis, { printed: (globalThis as unknown as { printed: number }).printed + 1 });
    };
  });
  expect(window.url(), "no account in an address, which browsers remember").toMatch(
    /page\.html#\/sheet\?of=[0-9a-f-]{36}$/,
  );
  expect(page.isClosed()).toBe(false);
  return window;
}
const printed = () => sheet.evaluate(() => (globalThis as unknown as { printed: number }).printed);

test("asks for the passphrase before it shows anything, and prints only on a press", async () => {
  const page = await browser.openExtensionPage("page.html#/export");
  sheet = await openSheet(page, () => pressSheet(page));
  await sheet.getByText(t("sheet.worth")).waitFor();
  expect(await sheet.locator(".sheet-entry").count()).toBe(0);
  await sheet.getByLabel(t("sheet.ask")).fill("not the passphrase");
  await sheet.keyboard.press("Enter");
  await sheet.getByText(t("unlock.wrong-passphrase")).waitFor();
  expect(await sheet.locator(".sheet-entry").count()).toBe(0);
  await sheet.getByLabel(t("sheet.ask")).fill(steps.PASSPHRASE);
  await sheet.keyboard.press("Enter");
  await sheet.locator(".sheet-entry").nth(8).waitFor();
  expect(await printed()).toBe(0);
  await sheet.getByRole("button", { name: t("sheet.print") }).click();
  expect(await printed()).toBe(1);
  await page.close();
});

test("has every account with its secret in groups of four", async () => {
  const texts = await sheet.locator(".sheet-entry").allInnerTexts();
  expect(texts).toHaveLength(entries.length);
  for (const { issuer, account, secret } of entries) {
    const text = texts.find((each) => each.includes(issuer));
    expect(text, issuer).toContain(account);
    expect(text, issuer).toContain((secret.match(/.{4}/g) ?? []).join(" "));
  }
});

test("prints black on white in the dark too, without buttons, and splits no account over two pages", async () => {
  await sheet.evaluate(() => {
    document.documentElement.dataset.theme = "dark";
  });
  await sheet.emulateMedia({ media: "print" });
  expect(await sheet.getByRole("button").first().isVisible()).toBe(false);
  expect(await sheet.locator("h1").isVisible()).toBe(false);
  const colours = await sheet.locator(".sheet").evaluate((element) => {
    const { color, backgroundColor } = getComputedStyle(element);
    return [color, backgroundColor];
  });
  expect(colours).toEqual(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
  expect(
    await sheet
      .locator(".sheet-entry")
      .evaluateAll((all) => all.map((each) => getComputedStyle(each).breakInside)),
  ).toEqual(entries.map(() => "avoid"));
  // Nine accounts of 34 mm and their margins are more than fits on one page of A4.
  const pdf = await sheet.pdf({ format: "A4" });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? [];
  expect(pages).toHaveLength(2);
});

test("carries codes that our own reader reads back from a picture of the page, each as it was", async () => {
  await sheet.setViewportSize({ width: 794, height: 1123 });
  await sheet.emulateMedia({ media: "print" });
  const pictures: Buffer[] = [];
  for (let at = 0; at < entries.length; at += 3) {
    // What a camera would see of a third of the sheet.
    const first = await sheet.locator(".sheet-entry").nth(at).boundingBox();
    const last = await sheet
      .locator(".sheet-entry")
      .nth(at + 2)
      .boundingBox();
    if (!first || !last) throw Error("the sheet has no such entry");
    const clip = { x: 0, y: first.y, width: 794, height: last.y + last.height - first.y };
    pictures.push(await sheet.screenshot({ fullPage: true, clip, scale: "css" }));
  }
  await sheet.close();
  const page = await browser.openExtensionPage("page.html#/image");
  await page
    .locator("input[type=file]")
    .setInputFiles(
      pictures.map((buffer, at) => ({ name: `sheet-${at}.png`, mimeType: "image/png", buffer })),
    );
  // Each is found to be here already: the same secret and parameters.
  const rows = page.locator(".import-list > li");
  await rows.nth(entries.length - 1).waitFor();
  const found = await rows.allInnerTexts();
  for (const { issuer } of entries)
    expect(
      found.find((text) => text.includes(issuer)),
      issuer,
    ).toContain(t("import.same"));
  await page.close();
});

test("has only the accounts that were chosen", async () => {
  const page = await browser.openExtensionPage("page.html#/codes");
  await page.getByLabel(t("row.choose", { name: "Ferry" })).click();
  await page.getByLabel(t("row.choose", { name: "Counter" })).click();
  sheet = await openSheet(page, () =>
    page.getByRole("button", { name: t("many.print"), exact: true }).click(),
  );
  await sheet.getByLabel(t("sheet.ask")).fill(steps.PASSPHRASE);
  await sheet.keyboard.press("Enter");
  await eventually(() => sheet.locator(".sheet-entry h2").allInnerTexts()).toEqual(["Counter", "Ferry"]);
  await sheet.getByText(tn("sheet.head", 2, { date: "" }).split(":").at(-1)?.trim() ?? "").waitFor();
  // Locked elsewhere: nothing stays in sight.
  const popup = await steps.openPopupTab(browser);
  await popup.locator(".row").first().waitFor();
  await popup.keyboard.press("Alt+l");
  await sheet.locator("input[type=password]").waitFor();
  expect(await sheet.locator(".sheet-entry").count()).toBe(0);
  await sheet.close();
  await page.close();
});
