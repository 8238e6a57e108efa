import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { addAuthenticator, type VirtualAuthenticator } from "../support/virtual-passkeys.ts";
import { eventually } from "./eventually.ts";
import { addPasskey, askForNewPasskey, listedPasskeys } from "./passkey-steps.ts";
import { dumpDatabases, dumpStorage } from "./stored-data.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/**
 * Passkeys with the browser's own virtual authenticators, which belong to one tab: so the settings and the lock screen
 * of the full page are shown in the same one, and the tests follow on each other.
 */
const { t } = wordsIn("en");

let browser: ExtensionBrowser;
let page: Page;
let finger: VirtualAuthenticator;
let key: VirtualAuthenticator;

beforeAll(async () => {
  browser = await steps.launch();
  await steps.restoreInto(
    browser,
    [steps.entryOf({ issuer: "Harbour", account: "alice@example.com" })],
    steps.PASSPHRASE,
  );
  page = await browser.openExtensionPage("page.html#/settings");
  finger = await addAuthenticator(page, { transport: "internal" });
  key = await addAuthenticator(page, { transport: "usb" });
  await key.answers(false);
});
afterAll(() => browser?.close());
beforeEach(async () => {
  if (await page.getByRole("button", { name: t("locked.unlock"), exact: true }).isVisible())
    await steps.unlockWith(page, steps.PASSPHRASE);
  await page.getByRole("heading", { name: t("passkey.title") }).waitFor();
});

/** Locks in the popup, as the person would; the tab with the settings shows the lock screen. */
async function lock(): Promise<void> {
  const popup = await steps.openPopupTab(browser);
  await popup.getByRole("button", { name: t("list.lock") }).click();
  await page.getByText(t("locked.by-hand")).waitFor();
  await popup.close();
  await page.bringToFront();
}

const passkeyButton = () => page.getByRole("button", { name: t("passkey.unlock") });
const unlocked = () => page.getByRole("heading", { name: t("passkey.title") }).waitFor();

const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));

async function everything(): Promise<unknown[]> {
  return [await dumpDatabases(page), await dumpStorage(page, "session"), await dumpStorage(page, "local")];
}

async function answering(which: VirtualAuthenticator): Promise<void> {
  for (const each of [finger, key]) await each.answers(each.id === which.id);
}

test("a wrong passphrase makes no passkey", async () => {
  const before = await dumpDatabases(page);
  await askForNewPasskey(page, "eve", "not the passphrase");
  await page.getByText(t("unlock.wrong-passphrase")).waitFor();
  expect(await finger.credentials()).toEqual([]);
  expect(await dumpDatabases(page)).toBe(before);
  await page.getByRole("button", { name: t("action.cancel") }).click();
});

test("two are added, and either opens the vault", async () => {
  await addPasskey(page, "alice’s finger");
  await answering(key);
  await addPasskey(page, "alice’s key");
  expect(await listedPasskeys(page)).toEqual(["alice’s finger", "alice’s key"]);
  for (const which of [finger, key]) {
    expect((await credentialOf(which)).rpId).toBe(`chrome-extension://${browser.extensionId}`);
    await lock();
    expect("vault-key" in (await dumpStorage(page, "session"))).toBe(false);
    await answering(which);
    await passkeyButton().click();
    await unlocked();
    expect("vault-key" in (await dumpStorage(page, "session"))).toBe(true);
  }
});

async function credentialOf(which: VirtualAuthenticator) {
  const [credential] = await which.credentials();
  if (credential === undefined) throw Error("no credential was made");
  return credential;
}

test("a device that has one already makes no second, and says so", async () => {
  await answering(finger);
  await askForNewPasskey(page, "again");
  await page.getByText(t("passkey.not-added.already-here")).waitFor();
  expect(await finger.credentials()).toHaveLength(1);
  await page.getByRole("button", { name: t("action.cancel") }).click();
  expect(await listedPasskeys(page)).toHaveLength(2);
});

test("a changed passphrase keeps them", async () => {
  const next = "bob keeps other words";
  await page.getByRole("button", { name: t("settings.change-passphrase") }).click();
  await page.getByLabel(t("settings.old-passphrase")).fill(steps.PASSPHRASE);
  await page.getByRole("button", { name: t("action.continue") }).click();
  await page.getByLabel(t("passphrase.new")).fill(next);
  await page.getByLabel(t("passphrase.repeat")).fill(next);
  await page.getByRole("button", { name: t("settings.change-passphrase") }).click();
  await page.getByText(t("settings.passphrase-changed")).first().waitFor();
  await lock();
  await steps.unlockWith(page, steps.PASSPHRASE);
  await page.getByText(t("unlock.wrong-passphrase")).waitFor();
  await answering(key);
  await passkeyButton().click();
  await unlocked();
  await lock();
  await steps.unlockWith(page, next);
  await unlocked();
  // As the other tests know it.
  await page.getByRole("button", { name: t("settings.change-passphrase") }).click();
  await page.getByLabel(t("settings.old-passphrase")).fill(next);
  await page.getByRole("button", { name: t("action.continue") }).click();
  await page.getByLabel(t("passphrase.new")).fill(steps.PASSPHRASE);
  await page.getByLabel(t("passphrase.repeat")).fill(steps.PASSPHRASE);
  await page.getByRole("button", { name: t("settings.change-passphrase") }).click();
  await page.getByLabel(t("passphrase.new")).waitFor({ state: "detached" });
});

test("a device that gives no key is said to be none, and nothing is written", async () => {
  const old = await addAuthenticator(page, { transport: "usb", hasPrf: false });
  for (const each of [finger, key]) await each.answers(false);
  const before = await dumpDatabases(page);
  await askForNewPasskey(page, "an old key");
  await page.getByText(t("passkey.not-added.no-prf")).waitFor();
  expect(await dumpDatabases(page)).toBe(before);
  await old.remove();
  await page.getByRole("button", { name: t("action.cancel") }).click();
  expect(await listedPasskeys(page)).toEqual(["alice’s finger", "alice’s key"]);
});

test("one is renamed, and still opens the vault", async () => {
  await page.getByRole("button", { name: t("passkey.rename-named", { name: "alice’s key" }) }).click();
  await page.getByLabel(t("passkey.name"), { exact: true }).fill("the blue key");
  await page.keyboard.press("Enter");
  await eventually(() => listedPasskeys(page)).toEqual(["alice’s finger", "the blue key"]);
  await eventually(focused).toBe(t("passkey.rename-named", { name: "the blue key" }));
  expect(await dumpDatabases(page)).not.toContain("blue");
  await lock();
  await answering(key);
  await passkeyButton().click();
  await unlocked();
});

test("one that is removed opens nothing any more; the other and the passphrase do", async () => {
  await page.getByRole("button", { name: t("passkey.remove-named", { name: "the blue key" }) }).click();
  // Walking away from the question keeps it.
  await page.getByRole("button", { name: t("action.cancel") }).click();
  expect(await listedPasskeys(page)).toHaveLength(2);
  await page.getByRole("button", { name: t("passkey.remove-named", { name: "the blue key" }) }).click();
  await page.getByRole("button", { name: t("passkey.remove-sure", { name: "the blue key" }) }).click();
  await eventually(() => listedPasskeys(page)).toEqual(["alice’s finger"]);
  await eventually(focused).toBe(t("passkey.remove-named", { name: "alice’s finger" }));
  await lock();
  await answering(key);
  const before = await everything();
  await passkeyButton().click();
  // What it has is not asked for any more, and the finger is not given: the browser goes on asking.
  await page.getByRole("button", { name: t("passkey.asking") }).waitFor();
  await page.waitForTimeout(1_500);
  expect(await everything()).toEqual(before);
  await steps.unlockWith(page, steps.PASSPHRASE);
  await unlocked();
  await lock();
  await answering(finger);
  await passkeyButton().click();
  await unlocked();
});

test("a damaged slot says so, and can be removed after unlocking with the passphrase", async () => {
  await answering(finger);
  await lock();
  await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await done(indexedDB.open("countersign"));
    const slots = db.transaction("slots", "readwrite").objectStore("slots");
    const [slot] = (await done(slots.getAll())).filter(({ id }) => id.startsWith("passkey/"));
    await done(slots.put({ ...slot, madeAt: 5 }));
    db.close();
  });
  await passkeyButton().click();
  await page.getByText(t("passkey.refused.corrupt")).waitFor();
  await steps.unlockWith(page, steps.PASSPHRASE);
  await unlocked();
  const name = "alice’s finger";
  await page.getByRole("button", { name: t("passkey.remove-named", { name }) }).click();
  await page.getByRole("button", { name: t("passkey.remove-sure", { name }) }).click();
  await eventually(() => listedPasskeys(page)).toEqual([]);
  await lock();
  expect(await passkeyButton().count()).toBe(0);
});

test("another tab asks another device", async () => {
  await page.close();
  page = await browser.openExtensionPage("page.html#/settings");
  key = await addAuthenticator(page, { transport: "usb" });
  await addPasskey(page, "bob’s key");
});

test("a finger that is not recognised opens nothing and changes nothing", async () => {
  await lock();
  await key.recognises(false);
  const before = await everything();
  await passkeyButton().click();
  await page.getByText(t("passkey.refused.cancelled")).waitFor();
  await page.getByRole("button", { name: t("passkey.again") }).waitFor();
  expect(await everything()).toEqual(before);
  await key.recognises(true);
});

test("the passphrase goes on opening the vault, also while the browser asks for a passkey", async () => {
  await lock();
  await key.answers(false);
  await passkeyButton().click();
  await page.getByRole("button", { name: t("passkey.asking") }).waitFor();
  await steps.unlockWith(page, steps.PASSPHRASE);
  await unlocked();
  await key.answers(true);
});

test("a device that knows the passkey but not its secret opens nothing and changes nothing", async () => {
  const other = await addAuthenticator(page, { transport: "usb" });
  await other.add(await credentialOf(key));
  await key.answers(false);
  await lock();
  const before = await everything();
  await passkeyButton().click();
  await page.getByText(t("passkey.refused.not-supported")).waitFor();
  expect(await everything()).toEqual(before);
});

test("nothing was sent to anybody but by the browser, to its maker, to find a person’s phone", () => {
  const hosts = browser.networkLog.requestsBeyond([]).map(({ url }) => new URL(url).hostname);
  expect(hosts.filter((host) => !/(^|\.)(google|googleapis|gvt1)\.com$/.test(host))).toEqual([]);
});
