import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { addAuthenticator } from "../support/virtual-passkeys.ts";
import { eventually } from "./eventually.ts";
import { addPasskey } from "./passkey-steps.ts";
import { dumpDatabases, dumpStorage } from "./stored-data.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** The end of a vault. */
const { t, tn } = wordsIn("en");
const entries = ["Anchor", "Berth", "Compass"].map((issuer) => steps.entryOf({ issuer, account: "alice" }));

let browser: ExtensionBrowser;

beforeEach(async () => {
  browser = await steps.launch();
});
afterEach(() => browser?.close());
afterAll(() => browser?.close());

test("names how many, wants the passphrase, and leaves nothing in this browser", async () => {
  await steps.restoreInto(browser, entries, steps.PASSPHRASE);
  const popup = await steps.openPopupTab(browser);
  await popup.locator(".row").nth(2).waitFor();
  const page = await browser.openExtensionPage("page.html#/data");
  await page.getByText(t("data.by-passphrase")).waitFor();
  await page.getByText(tn("many.shown", 3)).first().waitFor();
  await page.getByRole("button", { name: t("delete-all.open") }).click();
  await page.getByText(tn("delete-all.final", 3)).waitFor();
  const before = await dumpDatabases(page);
  await page.getByLabel(t("delete-all.ask")).fill("not the passphrase");
  await page.keyboard.press("Enter");
  await page.getByText(t("unlock.wrong-passphrase")).waitFor();
  expect(await dumpDatabases(page)).toBe(before);

  await page.getByLabel(t("delete-all.ask")).fill(steps.PASSPHRASE);
  await page.getByRole("button", { name: tn("delete-all.action", 3) }).click();
  await page.getByText(tn("delete-all.done", 3)).first().waitFor();
  const tables = Object.values(JSON.parse(await dumpDatabases(page))) as { keys: unknown[] }[];
  expect(tables.flatMap(({ keys }) => keys)).toEqual([]);
  await eventually(() => dumpStorage(page, "session")).toEqual({});
  // A popup that was open shows an empty vault, and no code stays in sight.
  await popup.bringToFront();
  await popup.getByText(t("empty.why")).waitFor();
  expect(await popup.locator("[data-code]").count()).toBe(0);
  // And a new one begins as on the first day.
  await popup.close();
  await steps.restoreInto(browser, entries, null);
  const again = await steps.openPopupTab(browser);
  await again.locator(".row [data-code]").nth(2).waitFor();
});

test("without a passphrase wants a tick, and can be thought better of", async () => {
  await steps.restoreInto(browser, entries, null);
  const page = await browser.openExtensionPage("page.html#/data");
  await page.getByText(t("data.by-device")).waitFor();
  await page.getByRole("button", { name: t("delete-all.open") }).click();
  const action = page.getByRole("button", { name: tn("delete-all.action", 3) });
  expect(await action.isDisabled()).toBe(true);
  await page.getByRole("button", { name: t("action.cancel") }).click();
  await page.getByRole("button", { name: t("delete-all.open") }).click();
  await page.getByRole("checkbox").check();
  await action.click();
  await page.getByText(tn("delete-all.done", 3)).first().waitFor();
});

test("deleting everything says before and after that the passkeys may be listed elsewhere", async () => {
  await steps.restoreInto(browser, entries, steps.PASSPHRASE);
  const page = await browser.openExtensionPage("page.html#/settings");
  await addAuthenticator(page, { transport: "internal" });
  await addPasskey(page, "alice’s finger");
  await page.evaluate(() => location.assign("#/data"));
  await page.getByRole("button", { name: t("delete-all.open") }).click();
  await page.getByText(t("delete-all.passkeys")).waitFor();
  await browser.picture(page, "page-delete-passkeys");
  await page.getByLabel(t("delete-all.ask")).fill(steps.PASSPHRASE);
  await page.getByRole("button", { name: tn("delete-all.action", 3) }).click();
  const toast = page.locator(".toast", { hasText: tn("delete-all.done", 3) });
  await toast.waitFor();
  expect(await toast.innerText()).toContain(t("delete-all.passkeys"));
});

test("whoever forgot the passphrase starts anew from the lock screen, by a typed word and not before", async () => {
  await steps.restoreInto(browser, entries, steps.PASSPHRASE);
  const unlocked = await steps.openPopupTab(browser);
  await unlocked.locator(".row").nth(2).waitFor();
  await unlocked.keyboard.press("Alt+l");
  await unlocked.getByText(t("locked.forgotten")).click();
  await browser.picture(unlocked, "popup-locked-forgotten");
  const opened = browser.context.waitForEvent("page", (shown) => shown.url().includes("page.html#/anew"));
  await unlocked.getByRole("button", { name: t("locked.anew") }).click();
  const page = await opened;
  const before = await dumpDatabases(page);
  // How many there are can be told without opening them.
  await page.getByText(tn("delete-all.final", 3)).waitFor();
  const action = page.getByRole("button", { name: tn("delete-all.action", 3) });
  const word = page.getByLabel(t("anew.type", { word: t("anew.word") }));
  expect(await action.isDisabled()).toBe(true);
  await word.fill("yes");
  await word.press("Enter");
  expect(await action.isDisabled()).toBe(true);
  await word.fill("Delete ");
  expect(await dumpDatabases(page)).toBe(before);
  await browser.picture(page, "page-anew");
  await page.getByRole("link", { name: t("action.cancel") }).click();
  // Thought better of it: the passphrase came back, and opens everything.
  await steps.unlockWith(page, steps.PASSPHRASE);
  await page.locator(".row").nth(2).waitFor();

  const popup = await steps.openPopupTab(browser);
  await popup.locator(".row").nth(2).waitFor();
  await popup.keyboard.press("Alt+l");
  await page.getByLabel(t("passphrase.label"), { exact: true }).waitFor();
  await page.evaluate(() => location.assign("#/anew"));
  await word.fill(t("anew.word"));
  await word.press("Enter");
  await page.getByText(t("anew.done")).waitFor();
  const tables = Object.values(JSON.parse(await dumpDatabases(page))) as { keys: unknown[] }[];
  expect(tables.flatMap(({ keys }) => keys)).toEqual([]);
  await browser.picture(page, "page-anew-done");
  await page.getByRole("link", { name: t("add.restore") }).click();
  await page.getByRole("button", { name: t("restore.choose") }).waitFor();
});
