import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeOf, earliestStep } from "../server/mfa/authenticator.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { ALL_THEMES, expectAccessible, LANGUAGES } from "./axe.ts";
import { contact, protectProfile, register } from "./steps/connect.ts";
import { cutOff } from "./steps/layout.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsOf } from "./words.ts";

/** The vault's passphrase is changed in the settings, where a server wants a second factor for that. */
const [SECOND, THIRD] = ["alice has other words by now", "alice has third words by now"];

describe.for(LANGUAGES)("in %s", (language) => {
  let server: TeamServer;
  let browser: ExtensionBrowser;
  let page: Page;
  let t: Awaited<ReturnType<typeof wordsOf>>["t"];
  let secret = "";
  let shownAt = 0;

  const host = () => new URL(server.origin).host;
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const code = () => page.locator("input[autocomplete=one-time-code]");
  const go = (hash: string) => page.goto(`${page.url().split("#")[0]}${hash}`);
  const nextCode = () => {
    shownAt = Math.max(earliestStep(Date.now()), shownAt + 1);
    return codeOf(secret, shownAt * 30_000);
  };
  const check = async (screen: string) => {
    await expectAccessible(browser, page, screen, language, ALL_THEMES);
    expect.soft(await cutOff(page), screen).toEqual([]);
    await page.setViewportSize({ width: 400, height: 900 });
    await expectAccessible(browser, page, `${screen}-narrow`, language, ALL_THEMES.slice(0, 1));
    expect.soft(await cutOff(page), `${screen}, narrow`).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });
  };
  const change = async (old: string, next: string) => {
    await go("#/settings");
    await button(t("settings.change-passphrase")).click();
    await page.getByLabel(t("settings.old-passphrase")).fill(old);
    await button(t("action.continue")).click();
    await page.getByLabel(t("passphrase.new")).fill(next);
    await page.getByLabel(t("passphrase.repeat")).fill(next);
    await page.keyboard.press("Enter");
    await page.getByText(t("teams.change.wants-factor", { host: host() })).waitFor();
  };

  beforeAll(async () => {
    server = await startTeamServer();
    browser = await steps.launch({ language });
    await protectProfile(browser, steps.PASSPHRASE);
    page = await browser.openExtensionPage("page.html#/teams");
    page.setDefaultTimeout(20_000);
    ({ t } = await wordsOf(page));
    await contact(page, server.code);
    await register(page, "alice@example.com", steps.PASSPHRASE);
    await page.getByRole("link", { name: t("factors.access.set-up"), exact: true }).click();
    await page.locator("[data-sets-up=totp]").click();
    secret = (await page.locator(".factor-secret .invitation-text").innerText()).replaceAll(" ", "");
    await code().fill(nextCode());
    await button(t("factors.set-up.prove")).click();
    await page.getByText(t("factors.set-up.then-codes")).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("the factor is asked for there, and the passphrase is changed once and for all", async () => {
    await change(steps.PASSPHRASE, SECOND);
    // The keyboard is where the code is typed.
    await expect.poll(() => code().evaluate((input) => input === document.activeElement)).toBe(true);
    await check("mfa-change-passphrase-step");
    await code().fill(nextCode());
    await page.keyboard.press("Enter");
    await page
      .getByText(t("teams.change.done", { hosts: host() }))
      .first()
      .waitFor();
    await go("#/teams");
    await button(t("teams.sign-out")).waitFor();
    expect(await page.getByText(t("teams.two.former-title", { host: host() })).count()).toBe(0);
  });

  test("refused, the server keeps the former one, says so, and is brought along under Teams", async () => {
    await change(SECOND, THIRD);
    await button(t("action.cancel")).click();
    await page.getByText(t("teams.change.no-factor", { host: host() })).waitFor();
    await check("mfa-change-passphrase-left");
    await page.getByRole("link", { name: t("teams.change.to-teams") }).click();
    await page.getByText(t("teams.two.former-title", { host: host() })).waitFor();
    // Whoever shows no factor stays signed in.
    await button(t("teams.sign-out")).waitFor();
    await page.getByLabel(t("teams.two.former"), { exact: true }).fill(SECOND);
    await page.getByLabel(t("teams.two.of-vault"), { exact: true }).fill(THIRD);
    await button(t("teams.two.former-action")).click();
    await code().fill(nextCode());
    await page.keyboard.press("Enter");
    await page
      .getByText(t("teams.two.done", { host: host() }))
      .first()
      .waitFor();
  });
});
