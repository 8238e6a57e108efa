import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { thoroughTest } from "../support/thorough.ts";
import { eventually } from "./eventually.ts";
import { dumpDatabases, dumpStorage } from "./stored-data.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** A vault with a passphrase, in one profile that lives through all tests of this file. */
const { t, tn } = wordsIn("en");
const entries = [
  steps.entryOf({ issuer: "Harbour", account: "alice@example.com" }),
  steps.entryOf({ issuer: "Lighthouse", account: "bob@example.com", digits: 8 }),
];

let profile: string;
let browser: ExtensionBrowser;

beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), "countersign-lock-"));
  browser = await steps.launch({ userDataDir: profile });
  await steps.restoreInto(browser, entries, steps.PASSPHRASE);
});
afterAll(async () => {
  await browser?.close();
  await rm(profile, { recursive: true, maxRetries: 5 });
});
afterEach(async () => {
  for (const page of browser.context.pages())
    if (page.url().startsWith("chrome-extension:")) await page.close();
});

/** The popup, with its codes to be seen, whatever state the test before left. */
async function openUnlocked(): Promise<Page> {
  const popup = await steps.openPopupTab(browser);
  await popup.locator(".row, input[type=password]").first().waitFor();
  if (await popup.locator("input[type=password]").isVisible())
    await steps.unlockWith(popup, steps.PASSPHRASE);
  await popup.locator(".row").first().waitFor();
  return popup;
}

/** Writes into storage.session what a clock or a long wait would have made of it. */
async function writeDeadline(timer: { seenAt: number; deadline: number }): Promise<void> {
  const worker = await browser.serviceWorker();
  await worker.evaluate(
    (value) =>
      (
        globalThis as unknown as {
          chrome: { storage: { session: { set(items: object): Promise<void> } } };
        }
      ).chrome.storage.session.set({ "vault-deadline": value }),
    timer,
  );
}

/** Every change in storage wakes the worker, so it is killed when it has heard of the last one. */
async function killWorkerAtRest(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 300));
  await browser.killWorker();
}

const hasKey = async (page: Page) => "vault-key" in (await dumpStorage(page, "session"));

test("the button locks every open page at once, and each says why", async () => {
  const popup = await openUnlocked();
  const pages = [
    await browser.openExtensionPage("page.html#/backup"),
    await browser.openExtensionPage("page.html#/image"),
    await browser.openExtensionPage("page.html#/trash"),
    await browser.openExtensionPage("page.html#/settings"),
  ];
  await popup.bringToFront();
  await popup.getByRole("button", { name: t("list.lock") }).click();
  for (const page of [popup, ...pages]) {
    await page.getByText(t("locked.by-hand")).waitFor();
    await page.getByLabel(t("passphrase.label"), { exact: true }).waitFor();
    expect(await page.locator("[data-code]").count()).toBe(0);
  }
  expect(await hasKey(popup)).toBe(false);
});

test("unlocking one page unlocks them all", async () => {
  const popup = await openUnlocked();
  const page = await browser.openExtensionPage("page.html#/backup");
  await popup.bringToFront();
  await popup.keyboard.press("Alt+l");
  await page.getByText(t("locked.by-hand")).waitFor();
  await steps.unlockWith(popup, steps.PASSPHRASE);
  await popup.locator(".row").first().waitFor();
  await page.getByRole("button", { name: t("backup.write-action"), exact: true }).waitFor();
});

test("a wrong passphrase says so and changes not a byte", async () => {
  const popup = await openUnlocked();
  await popup.keyboard.press("Alt+l");
  await popup.getByText(t("locked.by-hand")).waitFor();
  const before = [await dumpDatabases(popup), await dumpStorage(popup, "local")];
  for (const wrong of ["wrong", steps.PASSPHRASE.toUpperCase(), ` ${steps.PASSPHRASE}x`, "密码"]) {
    await steps.unlockWith(popup, wrong);
    await eventually(() => popup.getByRole("alert").innerText()).toBe(t("unlock.wrong-passphrase"));
  }
  expect([await dumpDatabases(popup), await dumpStorage(popup, "local")]).toEqual(before);
  expect(await hasKey(popup)).toBe(false);
  expect(before[0]).toContain("bytes:");
});

test("a deadline that passes while the worker is dead locks the open page", async () => {
  const popup = await openUnlocked();
  await writeDeadline({ seenAt: Date.now(), deadline: Date.now() + 2_000 });
  await killWorkerAtRest();
  await popup.getByText(t("locked.idle-timeout")).waitFor();
  expect(await hasKey(popup)).toBe(false);
});

thoroughTest("a deadline that passed while nothing of ours ran locks before anything is shown", async () => {
  const popup = await openUnlocked();
  await popup.close();
  await writeDeadline({ seenAt: Date.now(), deadline: Date.now() + 700 });
  await killWorkerAtRest();
  await new Promise((resolve) => setTimeout(resolve, 700));
  const later = await steps.openPopupTab(browser);
  await later.getByText(t("locked.idle-timeout")).waitFor();
  expect(await hasKey(later)).toBe(false);
});

thoroughTest("a clock that was set back locks, so that nobody gains time by it", async () => {
  const popup = await openUnlocked();
  await popup.close();
  await writeDeadline({ seenAt: Date.now() + 3_600_000, deadline: Date.now() + 4_000_000 });
  const later = await steps.openPopupTab(browser);
  await later.getByText(t("locked.clock-moved")).waitFor();
});

thoroughTest("using a page moves the deadline, and the settings decide how far", async () => {
  const popup = await openUnlocked();
  const minutesLeft = async () => {
    const timer = (await dumpStorage(popup, "session"))["vault-deadline"] as { deadline: number | null };
    return timer.deadline === null ? null : (timer.deadline - Date.now()) / 60_000;
  };
  expect(await minutesLeft()).toBeCloseTo(15, 0);
  const page = await browser.openExtensionPage("page.html#/settings");
  const choice = page.getByLabel(t("settings.lock-after"));
  await choice.selectOption({ label: tn("settings.lock-minutes", 60) });
  await eventually(minutesLeft).toBeCloseTo(60, 0);
  await writeDeadline({ seenAt: Date.now(), deadline: Date.now() + 60_000 });
  await popup.reload();
  await popup.getByText(tn("foot.locks-in", 60)).waitFor();
  await page.bringToFront();
  await choice.selectOption({ label: t("settings.lock-never") });
  await eventually(minutesLeft).toBeNull();
  await choice.selectOption({ label: tn("settings.lock-minutes", 15) });
  await eventually(minutesLeft).toBeCloseTo(15, 0);
});

test("a changed passphrase opens the same codes; the old one no longer does", async () => {
  const popup = await openUnlocked();
  const before = await steps.drawnRows(popup);
  const page = await browser.openExtensionPage("page.html#/settings");
  await page.getByRole("button", { name: t("settings.change-passphrase") }).click();
  await page.getByLabel(t("settings.old-passphrase")).fill("not the old one");
  await page.getByRole("button", { name: t("action.continue") }).click();
  await page.getByText(t("unlock.wrong-passphrase")).waitFor();
  await page.getByLabel(t("settings.old-passphrase")).fill(steps.PASSPHRASE);
  await page.getByRole("button", { name: t("action.continue") }).click();
  await page.getByLabel(t("passphrase.new")).fill("bob keeps other words");
  await page.getByLabel(t("passphrase.repeat")).fill("bob keeps other words");
  const entriesBefore = JSON.parse(await dumpDatabases(page))["countersign/entries"];
  await page.getByRole("button", { name: t("settings.change-passphrase") }).click();
  await page.getByText(t("settings.passphrase-changed")).first().waitFor();
  expect(JSON.parse(await dumpDatabases(page))["countersign/entries"]).toEqual(entriesBefore);

  await popup.bringToFront();
  await popup.keyboard.press("Alt+l");
  await steps.unlockWith(popup, steps.PASSPHRASE);
  await popup.getByText(t("unlock.wrong-passphrase")).waitFor();
  await steps.unlockWith(popup, "bob keeps other words");
  await popup.locator("[data-code]").nth(1).waitFor();
  expect((await steps.drawnRows(popup)).map(({ name }) => name)).toEqual(before.map(({ name }) => name));
});

// The last test: it starts the profile again, under the passphrase that the test before has set.
test("closing the browser locks; the passphrase opens the same codes again", async () => {
  await browser.close();
  browser = await steps.launch({ userDataDir: profile });
  const popup = await steps.openPopupTab(browser);
  await popup.getByText(t("locked.restart")).waitFor();
  expect(await hasKey(popup)).toBe(false);
  await steps.unlockWith(popup, "bob keeps other words");
  for (const entry of entries) {
    const row = popup.locator(".row", { hasText: entry.issuer });
    const code = await row.locator("[data-code]").getAttribute("data-code");
    // The step may have turned between the reading and the reckoning.
    expect([steps.expectedCode(entry, Date.now()), steps.expectedCode(entry, Date.now() - 2_000)]).toContain(
      code,
    );
  }
});
