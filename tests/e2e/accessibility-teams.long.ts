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
    await button(t("teams.recover.forgotten")).click();
    await page.getByLabel(t("teams.register.passphrase")).fill("words");
    await button(t("teams.recover.action")).click();
    await check(page, "teams-recover");
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
    const opens = (name: string, action: string) => button(`${name}: ${action}`).click();
    await opens(t("teams.access.kit"), t("teams.access.kit-new"));
    await check(page, "teams-new-kit");
    await button(t("action.cancel")).click();
    await opens(t("teams.access.email"), t("teams.access.email-change"));
    await page.getByLabel(t("teams.email-change.new")).fill("alice.smith@example.com");
    await page.getByLabel(t("teams.email-change.again")).fill("alice.smiht@example.com");
    await page.getByLabel(t("teams.again.passphrase"), { exact: true }).fill(steps.PASSPHRASE);
    await button(t("teams.email-change.action")).click();
    await page.getByText(t("teams.email-change.differ")).waitFor();
    await check(page, "teams-change-email");
    await button(t("action.cancel")).click();
    await opens(t("teams.access.device"), t("teams.access.device-connect"));
    await check(page, "teams-show-device");
    await page.getByLabel(t("teams.again.passphrase"), { exact: true }).fill(steps.PASSPHRASE);
    await button(t("teams.show-device.action")).click();
    await page.getByRole("img", { name: t("teams.show-device.qr") }).waitFor();
    await check(page, "teams-device-code");
    await button(t("teams.show-device.hide")).click();
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
    await button(t("teams.again.forgotten")).click();
    await check(page, "teams-recover-known");
    await button(t("action.cancel")).first().click();
  });

  test("a passphrase that does not count everywhere", async () => {
    const { t } = await wordsOf(page);
    const host = new URL(server.origin).host;
    // The server takes the vault's no more, as after a change on another device; then its keys are wrapped for another kit.
    await page.route("**/trpc/user.finishSignIn", (route) =>
      route.fulfill({
        status: 401,
        json: {
          error: { message: "refused", code: -32001, data: { code: "UNAUTHORIZED", httpStatus: 401 } },
        },
      }),
    );
    await page.getByLabel(t("teams.again.passphrase")).fill(steps.PASSPHRASE);
    await button(t("teams.again.action")).click();
    await page.getByText(t("teams.again.other-than-vault", { host })).waitFor();
    await check(page, "teams-again-other");
    await page.unrouteAll();
    await page.route("**/trpc/user.bundle", async (route) => {
      const answer = await (await route.fetch()).json();
      const wrapped = answer.result.data.wrappedByPassword;
      answer.result.data.wrappedByPassword = (wrapped.startsWith("A") ? "B" : "A") + wrapped.slice(1);
      await route.fulfill({ json: answer });
    });
    await page.getByLabel(t("teams.again.passphrase-other")).fill(steps.PASSPHRASE);
    await button(t("teams.again.action")).click();
    await page.getByLabel(t("teams.again.new-kit")).waitFor();
    await check(page, "teams-kit-replaced");
    await page.unrouteAll();
    await page.reload();
    // What a server refused once is no word about which passphrase counts there.
    await page.getByLabel(t("teams.again.passphrase"), { exact: true }).fill(steps.PASSPHRASE);
    await button(t("teams.again.action")).click();
    await page.getByText(t("teams.server.signed-in", { email: "alice@example.com" })).waitFor();

    await page.route(`${server.origin}/**`, (route) => route.abort("connectionrefused"));
    await page.evaluate(() => location.assign("#/settings"));
    await button(t("settings.change-passphrase")).click();
    await page.getByLabel(t("settings.old-passphrase")).fill(steps.PASSPHRASE);
    await button(t("action.continue")).click();
    for (const label of [t("passphrase.new"), t("passphrase.repeat")])
      await page.getByLabel(label).fill("alice has thought of other words");
    await button(t("settings.change-passphrase")).click();
    await page.getByText(t("teams.change.title")).waitFor();
    await check(page, "settings-passphrase-left");
    await page.getByRole("link", { name: t("teams.change.to-teams") }).click();
    await page.getByText(t("teams.two.former-title", { host })).waitFor();
    await check(page, "teams-former-passphrase");
  });
});
