import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { ALL_THEMES, expectAccessible } from "./axe.ts";
import { eventually } from "./eventually.ts";
import { connectDevice, contact, openKit, protectProfile, register } from "./steps/connect.ts";
import { lookAgain, makeGroup } from "./steps/groups.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/**
 * One person and a real server: the passphrase changes on the first profile while the server can't be reached, the second
 * follows, and the third has nothing but the kit. The tests build on each other.
 */
const { t, tn } = wordsIn("en");
const EMAIL = "alice@example.com";
const NEXT = "alice has thought of other words";
const THIRD = "the words of a third profile";
const AWS = steps.entryOf({ issuer: "AWS", account: "root" });

let server: TeamServer;
let browsers: ExtensionBrowser[];
let first: Page;
let second: Page;
let third: Page;
let kit: string;

beforeAll(async () => {
  [server, ...browsers] = await Promise.all([
    startTeamServer(),
    steps.launch(),
    steps.launch(),
    steps.launch(),
  ]);
  await Promise.all([
    steps.restoreInto(at(0), [AWS], steps.PASSPHRASE),
    protectProfile(at(1), steps.PASSPHRASE),
    protectProfile(at(2), THIRD),
  ]);
  first = await at(0).openExtensionPage("page.html#/teams");
  second = await at(1).openExtensionPage("page.html#/teams");
  third = await at(2).openExtensionPage("page.html#/teams");
});
afterAll(async () => {
  for (const browser of browsers ?? []) await browser.close();
  await server?.stop();
});

function at(index: number): ExtensionBrowser {
  const browser = browsers[index];
  if (!browser) throw Error("no such browser");
  return browser;
}
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const go = (page: Page, hash: string) => page.evaluate((to) => location.assign(to), hash);
const host = () => new URL(server.origin).host;
const says = (page: Page, key: Parameters<typeof t>[0]) =>
  page
    .getByText(t(key, { host: host() }))
    .first()
    .waitFor();

/** The kit that a page waits for to be checked, typed back. */
async function checkKit(browser: ExtensionBrowser, page: Page, passphrase: string): Promise<string> {
  const sheet = await openKit(browser, page, passphrase);
  const letters = (await sheet.locator(".sheet-secret").textContent()) ?? "";
  await sheet.close();
  await page.getByLabel(t("teams.kit.check")).fill(letters);
  await button(page, t("teams.kit.check-action")).click();
  await page.getByText(t("teams.kit.title"), { exact: true }).waitFor({ state: "detached" });
  return letters;
}

/** The code of the shared account in a popup is the one that its site expects. */
async function expectSharedCode(browser: ExtensionBrowser): Promise<void> {
  const popup = await steps.openPopupTab(browser);
  await popup.locator(".row", { hasText: "AWS" }).locator(".row-group", { hasText: "Cloud" }).waitFor();
  const [row] = await steps.drawnRows(popup);
  const now = Date.now();
  expect([steps.expectedCode(AWS, now), steps.expectedCode(AWS, now - 30_000)]).toContain(row?.code);
  await popup.close();
}

async function changePassphrase(page: Page, old: string, next: string): Promise<void> {
  await go(page, "#/settings");
  await button(page, t("settings.change-passphrase")).click();
  await page.getByLabel(t("settings.old-passphrase")).fill(old);
  await button(page, t("action.continue")).click();
  await page.getByLabel(t("passphrase.new")).fill(next);
  await page.getByLabel(t("passphrase.repeat")).fill(next);
  await button(page, t("settings.change-passphrase")).click();
}

test("one person has a group with an account on two profiles", async () => {
  await contact(first, server.code);
  await register(first, EMAIL, steps.PASSPHRASE);
  kit = await checkKit(at(0), first, steps.PASSPHRASE);
  await makeGroup(first, "Cloud");
  await go(first, "#/codes");
  await first.getByLabel(t("row.choose", { name: "AWS" })).click();
  await button(first, t("many.place")).click();
  await first.getByLabel(t("place.to")).selectOption({ label: "Cloud" });
  await button(first, t("place.move")).click();
  await first.locator(".row", { hasText: "AWS" }).locator(".row-group", { hasText: "Cloud" }).waitFor();
  await button(second, t("teams.other-device-action")).click();
  const given = { kit, address: server.origin, email: EMAIL, passphrase: steps.PASSPHRASE };
  await connectDevice(second, given);
  await second.getByText(t("teams.server.signed-in", { email: EMAIL })).waitFor();
});

test("a change that does not reach the server is said, and done later with the former passphrase", async () => {
  await first.route(`${server.origin}/**`, (route) => route.abort("connectionrefused"));
  await changePassphrase(first, steps.PASSPHRASE, NEXT);
  await says(first, "teams.change.former");
  await at(0).picture(first, "passphrase-left");
  await first.unrouteAll();
  await first.getByRole("link", { name: t("teams.change.to-teams") }).click();
  await says(first, "teams.two.former-title");
  await at(0).picture(first, "passphrase-former");
  await first.getByLabel(t("teams.two.former"), { exact: true }).fill("not that");
  await first.getByLabel(t("teams.two.of-vault")).fill(NEXT);
  await button(first, t("teams.two.former-action")).click();
  await says(first, "teams.two.not-recognised");
  await first.getByLabel(t("teams.two.former"), { exact: true }).fill(steps.PASSPHRASE);
  await button(first, t("teams.two.former-action")).click();
  await says(first, "teams.two.done");
  await first.getByText(t("teams.two.former-title", { host: host() })).waitFor({ state: "detached" });
});

test("the other profile is signed out, takes the new passphrase, and makes it the vault's", async () => {
  await second.reload();
  await second.getByLabel(t("teams.again.passphrase"), { exact: true }).fill(steps.PASSPHRASE);
  await button(second, t("teams.again.action")).click();
  await says(second, "teams.again.other-than-vault");
  await second.getByLabel(t("teams.again.passphrase-other")).fill(NEXT);
  await button(second, t("teams.again.action")).click();
  await second.getByText(t("teams.server.signed-in", { email: EMAIL })).waitFor();
  await button(second, t("teams.two.begin")).click();
  await expectAccessible(at(1), second, "teams-two-passphrases", "en", ALL_THEMES);
  await second.getByLabel(t("teams.two.at-server", { host: host() })).fill(NEXT);
  await second.getByLabel(t("teams.two.of-vault"), { exact: true }).fill(steps.PASSPHRASE);
  await button(second, t("teams.two.action")).click();
  await says(second, "teams.two.done");
  await second.getByText(t("teams.two.title"), { exact: true }).waitFor({ state: "detached" });
});

test("a change that reaches the server is one sentence", async () => {
  await changePassphrase(second, NEXT, steps.PASSPHRASE);
  await second
    .getByText(t("teams.change.done", { hosts: host() }))
    .first()
    .waitFor();
  await go(second, "#/teams");
  await second.getByText(t("teams.server.signed-in", { email: EMAIL })).waitFor();
});

test("a third profile that has nothing but the kit comes back, and has the shared code", async () => {
  await button(third, t("teams.other-device-action")).click();
  await third.getByLabel(t("teams.device.kit"), { exact: true }).fill(kit);
  await third.getByLabel(t("teams.device.address")).fill(server.origin);
  await button(third, t("teams.recover.forgotten")).click();
  expect(await third.getByLabel(t("teams.recover.kit"), { exact: true }).inputValue()).toBe(kit);
  await third.getByLabel(t("teams.email")).fill("eve@example.com");
  await third.getByLabel(t("teams.register.passphrase")).fill(THIRD);
  await button(third, t("teams.recover.action")).click();
  await says(third, "teams.refused.not-of-kit");
  await at(2).picture(third, "recover-refused");
  await third.getByLabel(t("teams.email")).fill(EMAIL);
  await button(third, t("teams.recover.action")).click();
  await third.getByText(t("teams.server.signed-in", { email: EMAIL })).waitFor();
  await at(2).picture(third, "recover-done");
  const newKit = await checkKit(at(2), third, THIRD);
  expect(newKit).not.toBe(kit);
  await eventually(async () => {
    await lookAgain(third);
    return third.getByText(tn("groups.accounts", 1)).count();
  }).toBe(1);
  await expectSharedCode(at(2));

  await first.reload();
  await first.getByLabel(t("teams.again.passphrase"), { exact: true }).fill(THIRD);
  await button(first, t("teams.again.action")).click();
  await says(first, "teams.again.kit-replaced");
  await at(0).picture(first, "recover-new-kit");
  await first.getByLabel(t("teams.again.new-kit")).fill(kit);
  await button(first, t("teams.again.action")).click();
  await says(first, "teams.refused.wrong-kit");
  await first.getByLabel(t("teams.again.new-kit")).fill(newKit);
  await button(first, t("teams.again.action")).click();
  await first.getByText(t("teams.server.signed-in", { email: EMAIL })).waitFor();
  await expectSharedCode(at(0));
});

test("the former kit is worth nothing; who signs in again comes back with the new one from there, too", async () => {
  await second.reload();
  await button(second, t("teams.again.forgotten")).click();
  await at(1).picture(second, "recover-again");
  await second.getByLabel(t("teams.recover.kit"), { exact: true }).fill(kit);
  await second.getByLabel(t("teams.register.passphrase")).fill(steps.PASSPHRASE);
  await button(second, t("teams.recover.action")).click();
  await says(second, "teams.refused.not-of-kit");
});
