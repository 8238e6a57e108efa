import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PracticeSite, startPracticeSite } from "../practice-site/server.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { type Administrator, bringAdministrator, canManageBrowser } from "../support/managed-browser.ts";
import { eventually } from "./eventually.ts";
import * as auto from "./steps/auto-site.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

const { t, tn } = wordsIn("en");
/** The practice site's host, as the browser's permission has it. */
const HERE = "http://127.0.0.1/*";
/** Chromium waits until a policy's file has rested for five seconds. */
const HEARD = { timeout: 30_000 };

type StorageGlobal = {
  readonly chrome: {
    readonly storage: { readonly session: { get(key: string): Promise<Record<string, { seenAt: number }>> } };
    readonly alarms: { get(name: string): Promise<{ scheduledTime: number } | undefined> };
  };
};

/** How long after the person was last seen the alarm rings that locks; null: it never does. */
const alarmAfter = (page: Page) =>
  page.evaluate(async () => {
    const { storage, alarms } = (globalThis as unknown as StorageGlobal).chrome;
    const timer = (await storage.session.get("vault-deadline"))["vault-deadline"];
    const alarm = await alarms.get("vault-lock");
    return alarm && timer ? alarm.scheduledTime - timer.seenAt : null;
  });

/** What a screen reader adds to the name of a control. */
const description = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) =>
    (element.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent ?? `no #${id}`)
      .join(" "),
  );

// The tests build on each other: an administrator sets things while a person is at work, and takes them back.
describe.skipIf(!canManageBrowser())("a browser that an administrator manages (on Linux, as root)", () => {
  let administrator: Administrator;
  let browser: ExtensionBrowser;
  let popup: Page;
  let page: Page;
  let site: PracticeSite;
  let profile: Awaited<ReturnType<typeof auto.permittedProfile>>;
  const button = (on: Page, name: string) => on.getByRole("button", { name, exact: true });

  beforeAll(async () => {
    administrator = bringAdministrator();
    site = await startPracticeSite();
    profile = await auto.permittedProfile([HERE]);
    const entries = [
      steps.entryOf({ issuer: "Harbour", account: "alice@example.com" }),
      steps.entryOf({
        issuer: "Lighthouse",
        account: "alice@example.com",
        sites: [new URL(site.origin).host],
      }),
    ];
    browser = await steps.launch({ userDataDir: profile.path });
    await steps.restoreInto(browser, entries, null);
  });
  afterAll(async () => {
    await browser?.close();
    administrator?.leave();
    await site?.close();
    await profile?.remove();
  });

  test("shows nothing of it where nothing is set", async () => {
    page = await browser.openExtensionPage("page.html#/settings");
    await page.getByRole("heading", { name: t("settings.protection") }).waitFor();
    expect(await page.getByText(t("policy.title")).count()).toBe(0);
    await page.close();
  });

  test("closes a vault without a passphrase the moment one is required, in the popup that is open", async () => {
    popup = await steps.openPopupTab(browser);
    await popup.locator("[data-code]").nth(1).waitFor();
    administrator.manage({ passphraseRequired: true, longestAutoLockMinutes: 7 });
    await popup.getByText(t("policy.passphrase-required")).waitFor(HEARD);
    expect(await popup.locator("[data-code]").count()).toBe(0);
    expect(await button(popup, t("protect.later")).count()).toBe(0);
    page = await browser.openExtensionPage("page.html#/codes");
    await page.getByText(t("policy.passphrase-required")).waitFor();
    expect(await page.locator("[data-code]").count()).toBe(0);
    await page.close();
  });

  test("has every account again under the passphrase, and locks no later than allowed", async () => {
    await steps.protect(popup, steps.PASSPHRASE);
    await popup.getByText(t("protect.done")).first().waitFor();
    await popup.locator("[data-code]").nth(1).waitFor();
    expect(await alarmAfter(popup)).toBe(7 * 60_000);
    administrator.manage({ passphraseRequired: true, longestAutoLockMinutes: 3, exportForbidden: true });
    await eventually(() => alarmAfter(popup)).toBe(3 * 60_000);
    await popup.getByText(tn("foot.locks-in", 3)).waitFor();
  });

  test("offers no longer time, and says why, to a screen reader too", async () => {
    page = await browser.openExtensionPage("page.html#/settings");
    const lock = page.getByLabel(t("settings.lock-after"));
    await lock.waitFor();
    expect(await lock.locator("option").allInnerTexts()).toEqual(
      [1, 3].map((minutes) => tn("settings.lock-minutes", minutes)),
    );
    expect(await lock.inputValue()).toBe("3");
    expect(await description(page, "select[aria-describedby]")).toBe(tn("policy.lock-capped", 3));
    const facts = await page
      .locator("section", { hasText: t("policy.title") })
      .locator("dd")
      .allInnerTexts();
    expect(facts).toEqual([
      t("policy.passphrase-fact"),
      tn("policy.auto-lock-fact", 3),
      t("policy.export-fact"),
    ]);
  });

  test("shows, lists and prints no key, and still makes a backup", async () => {
    await page.goto(page.url().replace(/#.*/, "#/backup"));
    await button(page, t("backup.export-go")).waitFor();
    expect(await button(page, t("backup.export-go")).isDisabled()).toBe(true);
    expect(await description(page, "section[aria-labelledby=export] button")).toBe(
      t("policy.export-forbidden"),
    );
    const exporting = await browser.openExtensionPage("page.html#/export");
    await exporting.getByText(t("policy.export-forbidden")).waitFor();
    expect(await exporting.locator("main input").count()).toBe(0);
    await exporting.close();
    expect(await button(page, t("backup.write-action")).isEnabled()).toBe(true);
    const sheet = await browser.openExtensionPage("page.html#/sheet");
    await sheet.getByText(t("policy.export-forbidden")).waitFor();
    expect(await sheet.locator("input").count()).toBe(0);
    await sheet.close();
    await popup.bringToFront();
    await popup.keyboard.press("Alt+e");
    await popup.locator(".form-live [data-code]").waitFor();
    expect(await button(popup, t("edit.show-secret")).isDisabled()).toBe(true);
    expect(await popup.getByText(t("policy.export-forbidden")).isVisible()).toBe(true);
  });

  test("makes no backup where that is forbidden as well, in a page that is open", async () => {
    await page.bringToFront();
    administrator.manage({ exportForbidden: true, backupForbidden: true });
    await page.getByText(t("policy.backup-forbidden")).waitFor(HEARD);
    expect(await button(page, t("backup.write-action")).isDisabled()).toBe(true);
    expect(await button(page, t("restore.choose")).isEnabled()).toBe(true);
  });

  test("takes its script out of the pages of a site while filling by itself is forbidden, and puts it back", async () => {
    const signIn = await browser.openPage(`${site.origin}/enroll/no-code`);
    const traces = () => auto.tracesOf(browser);
    const isWatched = async () => (await auto.watcherIn(signIn)).includes("watching");
    const on = { listed: [site.origin], registered: [HERE], permitted: [HERE] };
    await auto.listSite(browser, { origin: site.origin, entryId: "", submit: false });
    await eventually(traces).toEqual(on);
    await eventually(isWatched).toBe(true);
    administrator.manage({ automaticFillingForbidden: true });
    await expect.poll(traces, HEARD).toEqual({ ...on, registered: [] });
    await eventually(isWatched).toBe(false);
    await signIn.reload();
    expect(await isWatched()).toBe(false);
    administrator.manage(null);
    await expect.poll(traces, HEARD).toEqual(on);
    await eventually(isWatched).toBe(true);
    await signIn.close();
  });

  test("names a setting that can't be heeded, and heeds the others", async () => {
    administrator.manage({
      exportForbidden: true,
      longestAutoLockMinutes: 0,
      serverAddress: "http://codes.example.com",
    });
    await page.goto(page.url().replace(/#.*/, "#/settings"));
    const warning = tn("policy.unread", 2, { names: "longestAutoLockMinutes and serverAddress" });
    await page.getByText(warning).waitFor(HEARD);
    await page.getByText(t("policy.export-fact")).waitFor();
    administrator.manage({
      serverAddress: "https://codes.example.com/team",
      automaticFillingForbidden: true,
    });
    await page.getByText("https://codes.example.com/team").waitFor(HEARD);
    await page.getByText(t("policy.filling-fact")).waitFor();
    expect(await page.getByText(t("policy.export-fact")).count()).toBe(0);
  });

  test("is as before once everything is taken back, and nothing has asked the network for anything", async () => {
    administrator.manage(null);
    await eventually(() => page.getByText(t("policy.title")).count()).toBe(0);
    expect(await page.getByLabel(t("settings.lock-after")).inputValue()).toBe("15");
    await page.goto(page.url().replace(/#.*/, "#/backup"));
    await button(page, t("backup.export-go")).waitFor();
    expect(await button(page, t("backup.export-go")).isEnabled()).toBe(true);
    expect(browser.networkLog.requests.map(({ url }) => url).filter((url) => url.includes("codes."))).toEqual(
      [],
    );
  });
});
