import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PracticeSite, startPracticeSite } from "../practice-site/server.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { thoroughTest } from "../support/thorough.ts";
import { ALL_THEMES, expectAccessible, LANGUAGES, type Theme } from "./axe.ts";
import { sampleEntries } from "./sample-entries.ts";
import { pressSheet } from "./steps/export.ts";
import { cutOff } from "./steps/layout.ts";
import * as steps from "./vault-steps.ts";
import { wordsOf } from "./words.ts";

let site: PracticeSite;

beforeAll(async () => {
  site = await startPracticeSite();
});
afterAll(() => site?.close());

describe.for(LANGUAGES)("in %s, axe finds nothing on", (language) => {
  let browser: ExtensionBrowser;

  beforeAll(async () => {
    browser = await steps.launch({ language });
  });
  afterAll(() => browser?.close());

  const check = (page: Page, screen: string, themes?: readonly Theme[]): Promise<void> =>
    expectAccessible(browser, page, screen, language, themes);
  const open = async (path: string): Promise<Page> => browser.openPage(`${site.origin}${path}`);

  test("the first screens: empty, typing in, the question for a passphrase", async () => {
    const popup = await browser.pressAction(await open("/enroll/no-code"));
    const { t } = await wordsOf(popup);
    await check(popup, "popup-empty");

    await popup.getByText(t("add.type"), { exact: true }).click();
    await popup.getByRole("button", { name: t("keep.action"), exact: true }).click();
    await check(popup, "popup-type-in-refused");
    await popup.getByLabel(t("form.issuer")).fill("GitHub");
    await popup.getByLabel(t("form.secret"), { exact: true }).fill("JBSW Y3DP EHPK 3PXP");
    await check(popup, "popup-type-in");
    await popup.getByText(t("form.advanced"), { exact: true }).click();
    await popup.getByLabel(t("form.period")).scrollIntoViewIfNeeded();
    await check(popup, "popup-type-in-advanced");
    await popup.getByRole("button", { name: t("keep.action"), exact: true }).click();
    await popup.getByLabel(t("passphrase.new")).fill("alice keeps");
    await popup.locator("[data-strength='3'], [data-strength='4'], [data-strength='2']").waitFor();
    await check(popup, "popup-protect");
    await popup.close();
  });

  test("restoring a backup", async () => {
    const page = await browser.openExtensionPage("page.html#/backup");
    const { t, tn } = await wordsOf(page);
    await check(page, "page-restore");
    const entries = sampleEntries(new URL(site.origin).host);
    await steps.openBackup(page, await steps.backupFile(entries), "not the words");
    await page.getByRole("alert").waitFor();
    await check(page, "page-restore-wrong");
    await page
      .getByLabel(t("restore.passphrase", { file: "countersign-test.age" }))
      .fill(steps.BACKUP_PASSPHRASE);
    await page.getByRole("button", { name: t("restore.open"), exact: true }).click();
    await steps.protect(page, steps.PASSPHRASE);
    const restore = page.getByRole("button", { name: tn("restore.action", entries.length), exact: true });
    await restore.waitFor();
    await check(page, "page-restore-preview");
    await restore.click();
    await page.getByText(tn("restore.done", entries.length)).first().waitFor();
    await check(page, "page-restored");
    await page.close();
  });

  test("the list with its menu, and what opens from it", async () => {
    const popup = await steps.openPopupTab(browser);
    const { t } = await wordsOf(popup);
    await popup.locator(".row").first().waitFor();
    await check(popup, "popup-list");
    await popup.getByLabel(t("list.search")).fill("no such account");
    await check(popup, "popup-no-match");
    await popup.getByLabel(t("list.search")).fill("");
    await popup.locator(".row-more").nth(1).click();
    await popup.getByRole("menu").waitFor();
    await check(popup, "popup-menu");
    await popup.getByRole("menuitem", { name: t("row.pin") }).click();
    await popup.getByRole("gridcell", { name: t("list.pinned"), exact: true }).waitFor();
    await popup.getByLabel(t("list.search")).press("ControlOrMeta+c");
    await popup.locator(".toast").waitFor();
    await check(popup, "popup-copied");
    await popup.keyboard.press("Alt+n");
    await check(popup, "popup-add");
    await popup.keyboard.press("Escape");
    await popup.locator(".row").first().waitFor();
    await popup.keyboard.press("Alt+e");
    await popup.locator(".form-live [data-code]").waitFor();
    await check(popup, "popup-edit");
    await popup.getByRole("button", { name: t("edit.show-secret") }).click();
    await check(popup, "popup-edit-ask");
    await popup.close();
  });

  thoroughTest("what a scan gives, and a scan that finds nothing", async () => {
    for (const [path, screen] of [
      ["/enroll/png", "popup-scan-one"],
      ["/enroll/two-codes", "popup-scan-several"],
      ["/enroll/other-app", "popup-scan-nothing"],
    ] as const) {
      const tab = await open(path);
      const popup = await browser.pressAction(tab);
      const { t } = await wordsOf(popup);
      await popup.locator(".row").first().waitFor();
      await popup.keyboard.press("Alt+n");
      await popup.getByText(t("add.scan"), { exact: true }).click();
      await popup.locator(".draft, [role=alert]").first().waitFor();
      await check(popup, screen);
      await popup.close();
      await tab.close();
    }
  });

  test("the site's own entries, and binding another to it", async () => {
    const tab = await open("/sign-in/single");
    const popup = await browser.pressAction(tab);
    const { t } = await wordsOf(popup);
    await popup.getByText(t("list.enter-fills")).first().waitFor();
    await check(popup, "popup-site");
    await popup.getByLabel(t("list.search")).fill("Slack");
    await popup.getByLabel(t("list.search")).press("Enter");
    await popup.locator(".host").waitFor();
    await check(popup, "popup-bind");
    await popup.close();
    await tab.close();
  });

  thoroughTest("the full page", async () => {
    const page = await browser.openExtensionPage("page.html#/image");
    const { t } = await wordsOf(page);
    const go = async (to: "page.backup" | "page.trash" | "page.settings") =>
      page.getByRole("link", { name: t(to), exact: true }).click();
    await check(page, "page-image");
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "note.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
    await page.getByRole("alert").waitFor();
    await check(page, "page-image-nothing");
    await go("page.backup");
    await page.getByRole("button", { name: t("backup.write-action"), exact: true }).click();
    await check(page, "page-backup-asks");
    await go("page.trash");
    await check(page, "page-trash-empty");
    const popup = await steps.openPopupTab(browser);
    await popup.locator(".row-more").last().click();
    await popup.getByRole("menuitem", { name: t("row.trash") }).click();
    await popup.locator(".toast").waitFor();
    await check(popup, "popup-trashed");
    await popup.close();
    await page.bringToFront();
    await page.getByRole("button", { name: t("trash.delete"), exact: true }).click();
    await check(page, "page-trash");
    await go("page.settings");
    await page.getByRole("button", { name: t("settings.change-passphrase") }).click();
    await check(page, "page-settings");
    await page.close();
  });

  thoroughTest("the full page with its accounts, in high contrast too", async () => {
    const page = await browser.openExtensionPage("page.html#/codes");
    const { t } = await wordsOf(page);
    await page.setViewportSize({ width: 1000, height: 900 });
    const go = async (to: string) => page.goto(page.url().replace(/#.*/, `#/${to}`));
    await page.locator(".row [data-code]").nth(3).waitFor();
    await check(page, "page-codes", ALL_THEMES);
    await page.locator(".row-tick input").nth(0).click();
    await page
      .locator(".row-tick input")
      .nth(2)
      .click({ modifiers: ["Shift"] });
    await page.getByRole("button", { name: t("many.tags"), exact: true }).click();
    await check(page, "page-codes-chosen", ALL_THEMES);
    await page.keyboard.press("Escape");
    await page.getByRole("grid").focus();
    await page.keyboard.press("End");
    await check(page, "page-codes-keyboard", ALL_THEMES);
    await page.keyboard.press("Alt+e");
    await page.locator(".form-live").waitFor();
    await check(page, "page-codes-edit");
    await go("duplicates");
    await page.getByRole("button", { name: t("duplicates.preview") }).click();
    await page.locator(".preview-value").first().waitFor();
    await check(page, "page-duplicates", ALL_THEMES);
    await go("data");
    await page.locator(".facts dd").nth(8).waitFor();
    await page.getByRole("button", { name: t("delete-all.open") }).click();
    await check(page, "page-data", ALL_THEMES);
    await go("help");
    await page.locator("summary").first().click();
    await page.locator("kbd").nth(20).waitFor();
    await check(page, "page-help", ALL_THEMES);
    await go("settings");
    await page.locator("select").first().waitFor();
    await check(page, "page-settings-contrast", ["contrast-light", "contrast-dark"]);
    await go("export");
    const opened = browser.context.waitForEvent("page");
    await pressSheet(page);
    const sheet = await opened;
    await sheet.getByLabel(t("sheet.ask")).fill(steps.PASSPHRASE);
    await sheet.keyboard.press("Enter");
    await sheet.locator(".sheet-entry").first().waitFor();
    await check(sheet, "page-sheet", ALL_THEMES);
    await sheet.close();
    await page.close();
  });

  test("what is locked", async () => {
    const popup = await steps.openPopupTab(browser);
    await popup.locator(".row").first().waitFor();
    await popup.keyboard.press("Alt+l");
    await popup.locator("input[type=password]").waitFor();
    await check(popup, "popup-locked");
    await steps.unlockWith(popup, "not the passphrase");
    await popup.getByRole("alert").waitFor();
    await check(popup, "popup-locked-wrong");
    const { t } = await wordsOf(popup);
    await popup.getByText(t("locked.forgotten")).click();
    await popup.getByRole("button", { name: t("locked.anew") }).scrollIntoViewIfNeeded();
    await check(popup, "popup-locked-forgotten");
    await popup.close();
    const page = await browser.openExtensionPage("page.html#/backup");
    await page.locator("input[type=password]").waitFor();
    await check(page, "page-locked");
    await page.goto(page.url().replace(/#.*/, "#/anew"));
    await page.getByRole("link", { name: t("action.cancel") }).waitFor();
    await check(page, "page-anew", ALL_THEMES);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await cutOff(page)).toEqual([]);
    await page.close();
  });
});
