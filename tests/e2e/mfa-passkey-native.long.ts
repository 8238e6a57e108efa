import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ExtensionBrowser, launchExtension } from "../support/extension.ts";
import { addAuthenticator } from "../support/virtual-passkeys.ts";
import { hasXvfb, type Screen, startXvfb } from "../support/xvfb.ts";
import { contact, protectProfile, register } from "./steps/connect.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

const { t } = wordsIn("en");

/** A passkey for a server, with the browser's own question whether the extension may access its host. */
describe.skipIf(!hasXvfb())("the browser's question about a server's host (needs xvfb and xdotool)", () => {
  let screen: Screen;
  let server: TeamServer;
  let browser: ExtensionBrowser;
  let page: Page;

  beforeAll(async () => {
    screen = await startXvfb();
    server = await startTeamServer(undefined, { modules: [{ kind: "webauthn" }] });
    browser = await launchExtension({ screen });
    await protectProfile(browser, steps.PASSPHRASE);
    page = await browser.openExtensionPage("page.html#/teams");
    page.setDefaultTimeout(15_000);
    await addAuthenticator(page);
    await contact(page, server.code);
    await register(page, "alice@example.com", steps.PASSPHRASE);
    await page.getByRole("link", { name: t("factors.access.set-up"), exact: true }).click();
    await button(t("factors.set-up.named", { kind: "Passkey or security key" })).click();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await screen?.stop();
  });

  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const permitted = () =>
    page.evaluate(async () => {
      const { chrome } = globalThis as unknown as {
        chrome: { permissions: { getAll(): Promise<{ origins?: string[] }> } };
      };
      return (await chrome.permissions.getAll()).origins ?? [];
    });
  const askBrowser = async () => {
    await screen.focusWindow();
    await button(t("factors.set-up.passkey-action")).click();
  };

  test("answered with no, it says so; with yes, the passkey is made and the permission given back", async () => {
    await askBrowser();
    await screen.dialogTookKeyboard(page);
    await screen.pressKeys("Return");
    await page.getByText(t("factors.passkey.not-permitted", { host: new URL(server.origin).host })).waitFor();
    await askBrowser();
    await screen.dialogTookKeyboard(page);
    await screen.pressKeys("Tab", "Return");
    await page.getByText(t("factors.is.strong")).waitFor();
    expect(await permitted()).toEqual([]);
  });

  test("what was given once is not asked again, and is given back each time", async () => {
    await page.goto(`${page.url().split("#")[0]}#/teams`);
    await button(t("teams.sign-out")).click();
    await page.getByLabel(t("teams.again.passphrase")).fill(steps.PASSPHRASE);
    await button(t("teams.again.action")).click();
    await button(t("factors.set-up.passkey-action")).waitFor();
    await askBrowser();
    await button(t("teams.sign-out")).waitFor();
    expect(await permitted()).toEqual([]);
  });
});
