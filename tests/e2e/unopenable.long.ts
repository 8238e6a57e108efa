import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { ALL_THEMES, expectAccessible } from "./axe.ts";
import { dumpDatabases } from "./stored-data.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** A profile whose vault nobody can open: every page draws itself all the same, and touches nothing. */
const { t } = wordsIn("en");
const entries = [steps.entryOf({ issuer: "Harbour", account: "alice@example.com", period: 86_400 })];

let browser: ExtensionBrowser;
let profile: string;

beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), "countersign-unopenable-"));
  browser = await steps.launch({ userDataDir: profile });
  await steps.restoreInto(browser, entries, null);
});
afterAll(async () => {
  await browser?.close();
  await rm(profile, { recursive: true, force: true });
});

/** Changes fields of a row in place, as damage or another version would have. */
function damage(page: Page, table: string, key: string, fields: Record<string, unknown>): Promise<void> {
  return page.evaluate(
    ([table, key, fields]) =>
      new Promise<void>((resolve, reject) => {
        const open = indexedDB.open("countersign");
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const transaction = open.result.transaction(table, "readwrite");
          const store = transaction.objectStore(table);
          const row = store.get(key);
          row.onsuccess = () => store.put({ ...row.result, ...fields });
          transaction.oncomplete = () => {
            open.result.close();
            resolve();
          };
        };
      }),
    [table, key, fields] as const,
  );
}

test("a vault of a newer version is not written to, and the popup says so", async () => {
  const page = await browser.openExtensionPage("page.html#/settings");
  await damage(page, "vault", "vault", { contentsVersion: 99 });
  const before = await dumpDatabases(page);
  const popup = await steps.openPopupTab(browser);
  await popup.getByText(t("unopenable.newer-version")).waitFor();
  await popup.waitForTimeout(2_500);
  expect(await popup.getByRole("button").count()).toBe(0);
  await expectAccessible(browser, popup, "unopenable-newer", "en", ALL_THEMES);
  expect(await dumpDatabases(popup)).toBe(before);
  await damage(page, "vault", "vault", { contentsVersion: 1 });
  await popup.close();
  await page.close();
});

test("a vault whose device key is lost leads from the popup to the codes in a backup", async () => {
  const page = await browser.openExtensionPage("page.html#/settings");
  await damage(page, "slots", "device", { key: null });
  await page.close();
  const popup = await steps.openPopupTab(browser);
  await popup.getByText(t("unopenable.device-key-lost")).waitFor();
  await popup.getByText(t("unopenable.nothing-deleted")).waitFor();
  await expectAccessible(browser, popup, "unopenable-key-lost", "en", ALL_THEMES);
  await popup.close();
  const backup = await browser.openExtensionPage("page.html#/backup");
  await backup.getByText(t("unopenable.device-key-lost")).waitFor();
  await expectAccessible(browser, backup, "unopenable-backup", "en", ALL_THEMES);
  await steps.openBackup(backup, await steps.backupFile(entries));
  const code = backup.locator("tbody [data-code]");
  const [entry] = entries;
  expect(await code.getAttribute("data-code")).toBe(entry && steps.expectedCode(entry, Date.now()));
  expect(await backup.locator("form [type=submit]").count(), "there is nothing to restore into").toBe(0);
  await backup.close();
});

test("and from there to a beginning: what can't be read is deleted only by a typed word", async () => {
  const page = await browser.openExtensionPage("page.html#/codes");
  await page.getByRole("button", { name: t("locked.anew") }).click();
  await page.getByText(t("anew.why-lost")).waitFor();
  expect(await page.getByRole("button", { name: t("locked.anew") }).count(), "it is here").toBe(0);
  await expectAccessible(browser, page, "unopenable-anew", "en", ALL_THEMES);
  const before = await dumpDatabases(page);
  const word = page.getByLabel(t("anew.type", { word: t("anew.word") }));
  await word.fill("yes");
  await word.press("Enter");
  expect(await dumpDatabases(page)).toBe(before);
  await word.fill(t("anew.word"));
  await word.press("Enter");
  await page.getByText(t("anew.done")).waitFor();
  const popup = await steps.openPopupTab(browser);
  await popup.getByText(t("empty.why")).waitFor();
});
