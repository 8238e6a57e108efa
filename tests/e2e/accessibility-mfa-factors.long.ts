import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { ALL_THEMES, expectAccessible, LANGUAGES } from "./axe.ts";
import { contact, protectProfile, register } from "./steps/connect.ts";
import { cutOff } from "./steps/layout.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsOf } from "./words.ts";

/** The last code that the gateway was to send. */
let sent = "";

function gateway(): Promise<Server> {
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const part of request) text += part;
    sent = /\b\d{6}\b/.exec(text)?.[0] ?? sent;
    response.end("{}");
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const factorsOf = (port: number) => ({
  required: "everybody",
  recommended: "totp",
  modules: [
    { kind: "webauthn" },
    { kind: "totp" },
    {
      kind: "sms",
      url: `http://127.0.0.1:${port}/send`,
      headers: { "Content-Type": "text/plain" },
      body: "{number} {code}",
      allow: ["127.0.0.1"],
    },
    { kind: "recovery" },
  ],
});

describe.for(LANGUAGES)("in %s, axe finds nothing on", (language) => {
  let phone: Server;
  let server: TeamServer;
  let browser: ExtensionBrowser;
  let page: Page;

  beforeAll(async () => {
    phone = await gateway();
    server = await startTeamServer(undefined, factorsOf((phone.address() as AddressInfo).port));
    browser = await steps.launch({ language });
    await protectProfile(browser, steps.PASSPHRASE);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    phone?.close();
  });

  const check = async (on: Page, screen: string) => {
    // What was said last is no part of it.
    await page
      .locator(".toast button")
      .last()
      .click({ timeout: 500 })
      .catch(() => {});
    await expectAccessible(browser, on, screen, language, ALL_THEMES);
    expect.soft(await cutOff(on), screen).toEqual([]);
    await on.setViewportSize({ width: 400, height: 900 });
    await expectAccessible(browser, on, `${screen}-narrow`, language, ALL_THEMES.slice(0, 1));
    expect.soft(await cutOff(on), `${screen}, narrow`).toEqual([]);
    await on.setViewportSize({ width: 1280, height: 900 });
  };
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const items = () => page.locator("section[aria-labelledby=factors] li");

  test("the offer, and each kind being set up", async () => {
    page = await browser.openExtensionPage("page.html#/teams");
    await page.setViewportSize({ width: 1280, height: 900 });
    const { t } = await wordsOf(page);
    await contact(page, server.code);
    await register(page, "alice@example.com", steps.PASSPHRASE);
    await page.getByText(t("factors.offer.why")).waitFor();
    await check(page, "factors-offer");
    await page.locator("a.primary[href^='#/factors']").click();
    const kinds = page.locator("[data-sets-up]");
    await kinds.first().waitFor();
    await check(page, "factors-none");
    await page.locator("[data-sets-up=sms]").click();
    await page.locator("input[autocomplete=tel]").fill("+1 555 555 0100");
    await check(page, "factors-sms-number");
    await button(t("factors.set-up.begin")).click();
    await page.locator("input[autocomplete=one-time-code]").fill("000000");
    await button(t("factors.set-up.prove")).click();
    await page.getByText(t("factors.refused.wrong-code")).waitFor();
    await check(page, "factors-sms-wrong");
    await page.locator("input[autocomplete=one-time-code]").fill(sent);
    await button(t("factors.set-up.prove")).click();
    await items().first().waitFor();
    await page.locator("[data-sets-up=totp]").click();
    await page.locator(".factor-secret").waitFor();
    await check(page, "factors-totp");
    await button(t("factors.keep.action")).click();
    await button(t("factors.keep.fill")).click();
    await check(page, "factors-totp-kept");
    await button(t("factors.set-up.prove")).click();
    await page.getByText(t("factors.set-up.then-codes")).waitFor();
    await check(page, "factors-then-codes");
    await button(t("factors.offer.skip")).click();
    await page.getByText(t("factors.locked-in.why")).waitFor();
    await check(page, "factors-locked-in");
    await button(t("factors.locked-in.codes")).click();
    await page.locator(".recovery-codes").waitFor();
    await check(page, "factors-codes");
    await page.emulateMedia({ media: "print" });
    await browser.picture(page, `factors-codes-printed-${language}`);
    await page.emulateMedia({ media: "screen" });
    await page
      .locator("input[autocomplete=one-time-code]")
      .fill(await page.locator(".recovery-codes li").first().innerText());
    await button(t("factors.set-up.prove")).click();
    await page.locator(".recovery-codes").waitFor({ state: "detached" });
    await page.locator("section[aria-labelledby=lately]").waitFor();
    await check(page, "factors-all");
  });

  test("renaming and removing", async () => {
    const { t } = await wordsOf(page);
    await items().nth(1).getByRole("button").first().click();
    await check(page, "factors-rename");
    await button(t("action.cancel")).click();
    await items().nth(1).getByRole("button").last().click();
    await page.getByText(t("factors.remove-in-authenticator")).waitFor();
    await check(page, "factors-remove");
    await button(t("action.cancel")).click();
    await items().first().getByRole("button").last().click();
    await page.locator(".notice.danger .button.danger").click();
    await page.locator(".notice.danger").waitFor({ state: "detached" });
    await items().first().getByRole("button").last().click();
    await button(t("action.close")).last().waitFor();
    await check(page, "factors-remove-wanted");
    await page.goto(page.url().replace(/#.*/, "#/teams"));
    await page.locator("a[href^='#/factors']").first().waitFor();
    await page.getByText(t("teams.sessions.this"), { exact: false }).first().waitFor();
    await check(page, "factors-card");
  });

  test("that somebody else guesses", async () => {
    const { t } = await wordsOf(page);
    await page.route("**/trpc/mfa.activity", async (route) => {
      const answer = await (await route.fetch()).json();
      const [{ userId }] = answer.result.data;
      const guessed = { what: "guessed", byUser: null, module: null, name: null };
      answer.result.data.unshift({ ...guessed, id: "guessed", at: Date.now(), userId });
      await route.fulfill({ json: answer });
    });
    await page.reload();
    await page.getByText(t("factors.did.guessed")).first().waitFor();
    await check(page, "factors-guessed");
    await page.unrouteAll();
  });

  test("what another person has asked for", async () => {
    const { t } = await wordsOf(page);
    const now = Date.now();
    await page.route("**/trpc/mfa.getAuthenticatorAssuranceLevel", async (route) => {
      const answer = await (await route.fetch()).json();
      answer.result.data.reset = { askedAt: now - 3_600_000, dueAt: now + 71 * 3_600_000 };
      await route.fulfill({ json: answer });
    });
    await page.reload();
    await button(t("factors.reset.stop")).waitFor();
    await check(page, "factors-reset-asked");
    await page.unrouteAll();
  });
});
