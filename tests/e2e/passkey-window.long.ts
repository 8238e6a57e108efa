import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type PracticeSite, startPracticeSite } from "../practice-site/server.ts";
import { CarriedPasskeys } from "../support/carried-passkeys.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import { addPasskey } from "./passkey-steps.ts";
import { dumpDatabases, dumpStorage } from "./stored-data.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** The popup's way to a passkey: by a small window, which the browser's question does not close. */
const { t } = wordsIn("en");
const ENTRY = { issuer: "Harbour", account: "alice@example.com" };

let profile: string;
let site: PracticeSite;
let browser: ExtensionBrowser;
const mine = new CarriedPasskeys();

beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), "countersign-passkey-"));
  site = await startPracticeSite();
  await start();
  const host = new URL(site.origin).host;
  await steps.restoreInto(browser, [steps.entryOf({ ...ENTRY, sites: [host] })], steps.PASSPHRASE);
  const page = await browser.openExtensionPage("page.html#/settings");
  await addPasskey(page, "alice’s finger");
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await rm(profile, { recursive: true, maxRetries: 5 });
});
afterEach(async () => {
  mine.touched = "at-once";
  for (const page of browser.context.pages())
    if (page.url().startsWith("chrome-extension:")) await page.close();
});

async function start(): Promise<void> {
  browser = await steps.launch({ userDataDir: profile });
  await mine.carryInto(browser.context);
}

/** The real popup over a page, locked. */
async function openLocked(over: Page): Promise<Page> {
  const popup = await browser.pressAction(over);
  const unlock = popup.getByRole("button", { name: t("locked.unlock"), exact: true });
  await popup.locator(".row").or(unlock).first().waitFor();
  if (await popup.locator(".row").first().isVisible()) await popup.keyboard.press("Alt+l");
  await unlock.waitFor();
  return popup;
}

/** Presses the popup's button; the popup is gone and the small window is there. */
async function askInWindow(popup: Page): Promise<Page> {
  const [opened] = await Promise.all([
    browser.context.waitForEvent("page"),
    popup.waitForEvent("close"),
    popup.getByRole("button", { name: t("passkey.unlock") }).click(),
  ]);
  return opened;
}

test("the popup hands over to a small window, which asks at once, closes, and leaves the popup open with codes", async () => {
  const popup = await openLocked(await browser.openPage(`${site.origin}/enroll/no-code`));
  const small = await askInWindow(popup);
  if (!small.isClosed()) await small.waitForEvent("close");
  const again = await browser.waitForPopup(30_000);
  await again.locator("[data-code]").first().waitFor();
  const other = await browser.openExtensionPage("page.html#/backup");
  // Every page is unlocked, until the usual deadline.
  await other.getByRole("button", { name: t("backup.write-action"), exact: true }).waitFor();
  const timer = (await dumpStorage(other, "session"))["vault-deadline"] as { deadline: number };
  expect((timer.deadline - Date.now()) / 60_000).toBeCloseTo(15, 0);
});

test("a scan that waited goes on in the popup after the passkey, though the worker was killed in between", async () => {
  const page = await browser.openPage(`${site.origin}/enroll/png?account=bob@example.com`);
  const popup = await openLocked(page);
  await leaveScan(page);
  await popup.getByText(t("locked.then-scan")).waitFor();
  mine.touched = "never";
  const small = await askInWindow(popup);
  await small.getByText(t("locked.then-scan")).waitFor();
  await small.getByRole("button", { name: t("passkey.asking") }).waitFor();
  await browser.killWorker();
  // The passphrase is a way out of a question that nobody answers, and goes on in the same way.
  await steps.unlockWith(small, steps.PASSPHRASE);
  const again = await browser.waitForPopup(30_000);
  await again.locator(".draft", { hasText: "bob@example.com" }).waitFor();
  await eventually(() => small.isClosed()).toBe(true);
});

/** What the menu or the key leaves for the popup; that they do is tested in a real window. */
async function leaveScan(page: Page): Promise<void> {
  const worker = await browser.serviceWorker();
  await worker.evaluate(async (url) => {
    type Tab = { id: number; windowId: number; url?: string };
    const { chrome } = globalThis as unknown as {
      chrome: {
        tabs: { query(filter: object): Promise<Tab[]> };
        storage: { session: { set(items: object): Promise<void> } };
      };
    };
    const tab = (await chrome.tabs.query({ active: true })).find((each) => each.url === url);
    if (tab === undefined) throw Error("the page is not in front");
    const intent = { kind: "scan", tabId: tab.id, windowId: tab.windowId, at: Date.now(), target: null };
    await chrome.storage.session.set({ intent });
  }, page.url());
}

test("a passkey that is not given says so and keeps the window, which takes the passphrase as well", async () => {
  const popup = await openLocked(await browser.openPage(`${site.origin}/enroll/no-code`));
  const before = await dumpDatabases(popup);
  mine.touched = "stranger";
  const small = await askInWindow(popup);
  await small.getByText(t("passkey.refused.cancelled")).waitFor();
  expect(await dumpDatabases(small)).toBe(before);
  await small.getByRole("button", { name: t("passkey.again") }).waitFor();
  await steps.unlockWith(small, steps.PASSPHRASE);
  const again = await browser.waitForPopup(30_000);
  await again.locator("[data-code]").first().waitFor();
});

test("a device that gives another secret opens nothing, changes nothing and says so; the passphrase still opens", async () => {
  const popup = await openLocked(await browser.openPage(`${site.origin}/enroll/no-code`));
  const before = [await dumpDatabases(popup), await dumpStorage(popup, "local")];
  const back = mine.exchange();
  const small = await askInWindow(popup);
  await small.getByText(t("passkey.refused.wrong-passkey")).waitFor();
  expect([await dumpDatabases(small), await dumpStorage(small, "local")]).toEqual(before);
  expect("vault-key" in (await dumpStorage(small, "session"))).toBe(false);
  back();
  await steps.unlockWith(small, steps.PASSPHRASE);
  const again = await browser.waitForPopup(30_000);
  await again.locator("[data-code]").first().waitFor();
});

test("a settings page that is closed while the browser asks adds nothing", async () => {
  const page = await browser.openExtensionPage("page.html#/settings");
  const looking = await browser.openExtensionPage("page.html#/image");
  const before = await dumpDatabases(looking);
  mine.touched = "never";
  await page.bringToFront();
  await page.getByRole("button", { name: t("passkey.add"), exact: true }).click();
  await page.getByLabel(t("passphrase.label"), { exact: true }).fill(steps.PASSPHRASE);
  await page.getByRole("button", { name: t("passkey.create"), exact: true }).click();
  await page.getByRole("button", { name: t("passkey.asking") }).waitFor();
  await browser.killWorker();
  await page.close();
  expect(await dumpDatabases(looking)).toBe(before);
});

// The last test: it starts the profile again.
test("after a restart of the browser the passkey still opens the vault", async () => {
  await browser.close();
  await start();
  const popup = await openLocked(await browser.openPage(`${site.origin}/enroll/no-code`));
  await popup.getByText(t("locked.restart")).waitFor();
  await askInWindow(popup);
  const again = await browser.waitForPopup(30_000);
  const code = again.locator("[data-code]").first();
  await code.waitFor();
  const entry = steps.entryOf(ENTRY);
  const shown = await code.getAttribute("data-code");
  expect([steps.expectedCode(entry, Date.now()), steps.expectedCode(entry, Date.now() - 2_000)]).toContain(
    shown,
  );
});
