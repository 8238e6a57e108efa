import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type PracticeSite, startPracticeSite } from "../practice-site/server.ts";
import { type ExtensionBrowser, launchExtension } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import * as auto from "./steps/auto-site.ts";
import { enrolQuietly, keepTyped } from "./steps/type-in.ts";
import { openPopupTab } from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** How a site stops filling by itself, and that it goes on until then. Each test has a browser of its own. */
const { t, tn } = wordsIn("en");
/** What the practice site calls itself. */
const ISSUER = "Harbour";
const HERE = "http://127.0.0.1/*";
/** A host that no account belongs to. */
const ELSEWHERE = "http://localhost/*";

let site: PracticeSite;
let profile: Awaited<ReturnType<typeof auto.permittedProfile>>;
let browser: ExtensionBrowser;
let page: Page;

beforeEach(async () => {
  site = await startPracticeSite();
  profile = await auto.permittedProfile([HERE, ELSEWHERE]);
  browser = await launchExtension({ userDataDir: profile.path });
  page = await openSignIn();
  const { uri } = await enrolQuietly(site, { account: "alice" });
  await keepTyped(browser, page, uri);
  await auto.switchOn(browser, page);
  await filled(page);
});
afterEach(async () => {
  await browser?.close();
  await profile?.remove();
  await site?.close();
});

const openSignIn = () => browser.openPage(`${site.origin}/sign-in/single?account=alice`);
const codeOf = (signIn: Page) => signIn.getByLabel("Authentication code").inputValue();
const filled = (signIn: Page) => eventually(() => codeOf(signIn)).toMatch(/^\d{6}$/);
const nothingIsLeft = async (permitted = [ELSEWHERE]) => {
  await eventually(() => auto.tracesOf(browser)).toEqual({ ...auto.NO_TRACES, permitted });
  await eventually(() => auto.watcherIn(page)).toEqual([]);
};

test("it goes on after the browser was closed, and then is taken away in our settings", async () => {
  await browser.close();
  browser = await launchExtension({ userDataDir: profile.path });
  page = await openSignIn();
  await filled(page);
  expect((await auto.tracesOf(browser)).listed).toEqual([site.origin]);
  const settings = await browser.openExtensionPage("page.html#/settings");
  await settings.getByRole("button", { name: /^Remove 127/ }).click();
  await settings.getByText(t("settings.auto-empty")).waitFor();
  await nothingIsLeft();
  const fresh = await openSignIn();
  await fresh.waitForTimeout(2_500);
  expect(await auto.watcherIn(fresh)).toEqual([]);
  expect(await codeOf(fresh)).toBe("");
});

test("deleting everything takes it away too, list, script and permission", async () => {
  const data = await browser.openExtensionPage("page.html#/data");
  await data.getByRole("button", { name: t("delete-all.open") }).click();
  await data.getByRole("checkbox").check();
  await data.getByRole("button", { name: tn("delete-all.action", 1) }).click();
  await data.getByText(tn("delete-all.done", 1)).first().waitFor();
  await nothingIsLeft([]);
});

test("a permission of no such site, as for a frame, stands beside them in the settings, and is taken back there", async () => {
  const settings = await browser.openExtensionPage("page.html#/settings");
  await settings.getByText(t("settings.permitted-why")).waitFor();
  const button = settings.getByRole("button", { name: t("settings.permitted-back") });
  expect(await button.count()).toBe(1);
  await settings
    .getByRole("button", { name: t("settings.permitted-back-named", { host: "localhost" }) })
    .press("Enter");
  await settings
    .getByText(t("settings.permitted-done", { host: "localhost" }))
    .first()
    .waitFor();
  await settings.locator("#settings-auto:focus").waitFor();
  await button.waitFor({ state: "detached" });
  expect((await auto.tracesOf(browser)).permitted).toEqual([HERE]);
});

test("an account in the trash leaves the site listed, without a code; deleted for good, nothing is left", async () => {
  const codes = await openPopupTab(browser);
  await codes.locator(".row .code").first().waitFor();
  await codes.getByRole("button", { name: /^More for/ }).click();
  await codes.getByRole("menuitem", { name: t("row.trash") }).click();
  await codes.getByText(t("empty.why")).waitFor();
  const fresh = await openSignIn();
  await fresh.waitForTimeout(2_500);
  expect(await codeOf(fresh)).toBe("");
  const settings = await browser.openExtensionPage("page.html#/settings");
  await settings.getByText(t("settings.auto-none")).waitFor();

  const trash = await browser.openExtensionPage("page.html#/trash");
  await trash.getByRole("button", { name: t("trash.delete"), exact: true }).click();
  await trash.getByRole("button", { name: t("trash.delete-sure", { name: ISSUER }) }).click();
  // What a worker missed is made up for by the next.
  await browser.killWorker();
  await nothingIsLeft();
});
