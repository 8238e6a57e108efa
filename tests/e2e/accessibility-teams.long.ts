import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { ALL_THEMES, expectAccessible, LANGUAGES } from "./axe.ts";
import { openKit, protectProfile, register } from "./steps/connect.ts";
import { cutOff } from "./steps/layout.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsOf } from "./words.ts";

describe.for(LANGUAGES)("in %s, axe finds nothing on", (language) => {
  let server: TeamServer;
  let browser: ExtensionBrowser;
  let page: Page;

  beforeAll(async () => {
    server = await startTeamServer();
    browser = await steps.launch({ language });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const check = async (on: Page, screen: string) => {
    await expectAccessible(browser, on, screen, language, ALL_THEMES);
    expect.soft(await cutOff(on), screen).toEqual([]);
  };
  const button = (name: string) => page.getByRole("button", { name, exact: true });

  test("the ways to a server", async () => {
    page = await browser.openExtensionPage("page.html#/teams");
    const { t } = await wordsOf(page);
    await page.getByText(t("teams.needs-passphrase")).waitFor();
    await check(page, "teams-unprotected");
    await protectProfile(browser, steps.PASSPHRASE);
    await page.getByLabel(t("teams.code")).fill("CS1-ABCDEF");
    await check(page, "teams-empty");
    await button(t("action.continue")).click();
    await page.getByText(t("teams.code.mistyped")).waitFor();
    await check(page, "teams-mistyped");
    await button(t("teams.other-device-action")).click();
    await page.getByLabel(t("teams.device.address")).fill("http://codes.example.com");
    await page.getByLabel(t("teams.device.kit"), { exact: true }).fill("CSR1-ABCDE");
    await page.getByLabel(t("teams.email")).fill("alice@example.com");
    await page.getByLabel(t("teams.device.passphrase")).fill("words");
    await button(t("teams.device.action")).click();
    await check(page, "teams-device");
    await button(t("action.cancel")).click();
    await page.getByLabel(t("teams.code")).fill(server.code);
    await button(t("action.continue")).click();
    await page.getByText(t("teams.ask.title")).waitFor();
    await check(page, "teams-ask");
    await page.route(`${server.origin}/**`, (route) => route.abort("connectionrefused"));
    await button(t("teams.ask.action")).click();
    await button(t("teams.retry")).waitFor();
    await check(page, "teams-unreachable");
    await page.unrouteAll();
    await button(t("teams.retry")).click();
    await page.getByLabel(t("teams.register.passphrase")).waitFor();
    await check(page, "teams-register");
  });

  test("a server that is connected, and the kit", async () => {
    const { t } = await wordsOf(page);
    await register(page, "alice@example.com", steps.PASSPHRASE);
    await page.getByText(t("teams.kit.title"), { exact: true }).waitFor();
    await page.locator(".plain-list li").first().waitFor();
    await check(page, "teams-connected");
    const sheet = await openKit(browser, page, steps.PASSPHRASE);
    await check(sheet, "teams-kit");
    const kit = (await sheet.locator(".sheet-secret").textContent()) ?? "";
    await sheet.close();
    await page.getByLabel(t("teams.kit.check")).fill(kit);
    await button(t("teams.kit.check-action")).click();
    await page.getByText(t("teams.kit.title"), { exact: true }).waitFor({ state: "detached" });
    await check(page, "teams-checked");
    await button(t("teams.new-keys")).click();
    await page.getByText(t("teams.new-keys.title")).waitFor();
    await check(page, "teams-new-keys");
    await page.getByLabel(t("teams.new-keys.passphrase")).fill(steps.PASSPHRASE);
    await button(t("teams.new-keys.action")).click();
    await page.getByText(t("teams.kit.title"), { exact: true }).waitFor();
    await check(page, "teams-new-keys-made");
    await button(t("teams.connect-another")).click();
    await button(t("teams.disconnect")).click();
    await check(page, "teams-disconnect");
    await button(t("action.cancel")).first().click();
    await button(t("teams.sign-out")).click();
    await page.getByLabel(t("teams.again.passphrase")).waitFor();
    await check(page, "teams-signed-out");
  });
});
