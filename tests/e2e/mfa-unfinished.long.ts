import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { codeOf } from "../server/mfa/authenticator.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { ALL_THEMES, expectAccessible, LANGUAGES } from "./axe.ts";
import { contact, protectProfile, register } from "./steps/connect.ts";
import { cutOff } from "./steps/layout.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsOf } from "./words.ts";

/** A second factor that was begun, and the page loaded again before its first proof. */
const EMAIL = "alice@example.com";
const KINDS = {
  en: { app: "Authenticator", paper: "Recovery codes" },
  "zh-CN": { app: "身份验证器", paper: "恢复码" },
} as const;

describe.for(LANGUAGES)("in %s", (language) => {
  const { app, paper } = KINDS[language as keyof typeof KINDS];
  let server: TeamServer;
  let browser: ExtensionBrowser;
  let page: Page;
  let t: Awaited<ReturnType<typeof wordsOf>>["t"];

  const begin = async (policy: object) => {
    server = await startTeamServer(undefined, policy);
    browser = await steps.launch({ language });
    await protectProfile(browser, steps.PASSPHRASE);
    page = await browser.openExtensionPage("page.html#/teams");
    page.setDefaultTimeout(20_000);
    ({ t } = await wordsOf(page));
    await contact(page, server.code);
    await register(page, EMAIL, steps.PASSPHRASE);
  };
  afterEach(async () => {
    await browser?.close();
    await server?.stop();
  });

  const host = () => new URL(server.origin).host;
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const code = () => page.locator("input[autocomplete=one-time-code]");
  const shownSecret = async () =>
    (await page.locator(".factor-secret .invitation-text").innerText()).replaceAll(" ", "");
  const check = async (screen: string) => {
    await expectAccessible(browser, page, screen, language, ALL_THEMES);
    expect.soft(await cutOff(page), screen).toEqual([]);
    await page.setViewportSize({ width: 400, height: 900 });
    await expectAccessible(browser, page, `${screen}-narrow`, language, ALL_THEMES.slice(0, 1));
    expect.soft(await cutOff(page), `${screen}, narrow`).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });
  };
  const isFinished = (kind: string) =>
    page
      .getByText(t("factors.finished", { kind, host: host() }))
      .first()
      .waitFor();

  test("it is finished with the account that was kept for it, or with what is on paper", async () => {
    await begin({});
    await page.getByRole("link", { name: t("factors.access.set-up"), exact: true }).click();
    await page.locator("[data-sets-up=totp]").click();
    await button(t("factors.keep.action")).click();
    await button(t("factors.keep.fill")).waitFor();
    await page.goto(page.url().replace(/#.*/, "#/teams"));
    await page.reload();
    await page.getByRole("link", { name: t("factors.access.unfinished", { kind: app }) }).waitFor();
    await check("mfa-unfinished-card");
    await page.getByRole("link", { name: t("factors.access.unfinished", { kind: app }) }).click();
    await page.getByText(t("factors.unfinished.totp")).waitFor();
    await check("mfa-unfinished-totp");
    await button(t("factors.finish-named", { kind: app })).click();
    await code().waitFor();
    // The key was shown once.
    expect(await page.locator(".factor-secret").count()).toBe(0);
    await check("mfa-unfinished-finish");
    await button(t("action.cancel")).click();
    await expect
      .poll(() =>
        button(t("factors.finish-named", { kind: app })).evaluate((each) => each === document.activeElement),
      )
      .toBe(true);
    await page.keyboard.press("Enter");
    await button(t("factors.keep.fill")).click();
    await page.keyboard.press("Enter");
    await isFinished(app);
    await page.getByText(t("factors.is.strong")).waitFor();

    await page.locator("[data-sets-up=recovery]").click();
    const first = await page.locator(".recovery-codes li").first().innerText();
    await page.reload();
    await page.getByText(t("factors.unfinished.recovery")).waitFor();
    await button(t("factors.finish-named", { kind: paper })).click();
    await code().fill(first);
    await page.keyboard.press("Enter");
    await isFinished(paper);
    await page.getByText(t("factors.is.spare")).waitFor();
  });

  test("it is begun again in one press, or dropped with the account that was kept for it", async () => {
    await begin({});
    await page.getByRole("link", { name: t("factors.access.set-up"), exact: true }).click();
    await page.locator("[data-sets-up=totp]").click();
    const before = await shownSecret();
    await page.reload();
    await button(t("factors.again-named", { kind: app })).click();
    await expect.poll(shownSecret).not.toBe(before);
    await page
      .getByText(t("factors.dropped", { kind: app }))
      .first()
      .waitFor();
    await button(t("factors.keep.action")).click();
    await button(t("factors.keep.fill")).waitFor();
    await page.reload();
    // One alone: what was begun first is gone.
    await expect.poll(() => button(t("factors.drop-named", { kind: app })).count()).toBe(1);
    await button(t("factors.drop-named", { kind: app })).click();
    await page
      .getByText(t("factors.dropped-kept", { kind: app }))
      .first()
      .waitFor();
    await page.getByText(t("factors.why-none")).waitFor();
    await page.goto(page.url().replace(/#.*/, "#/trash"));
    await page.getByText(EMAIL).first().waitFor();
  });

  test("on the way in, too", async () => {
    await begin({ required: "everybody", graceDays: 0 });
    await button(t("factors.set-up.named", { kind: app })).click();
    const secret = await shownSecret();
    await page.reload();
    await contact(page, server.code);
    await register(page, EMAIL, steps.PASSPHRASE);
    await button(t("factors.again-named", { kind: app })).waitFor();
    await check("mfa-unfinished-first");
    // Gone back from, what was begun anew stays nowhere.
    await button(t("factors.again-named", { kind: app })).click();
    await expect.poll(shownSecret).not.toBe(secret);
    const second = await shownSecret();
    await button(t("factors.step.back")).click();
    await button(t("factors.set-up.named", { kind: app })).click();
    await expect.poll(shownSecret).not.toBe(second);
    const third = await shownSecret();
    await page.reload();
    await contact(page, server.code);
    await register(page, EMAIL, steps.PASSPHRASE);
    await button(t("factors.finish-named", { kind: app })).click();
    await code().fill(codeOf(third, Date.now()));
    await page.keyboard.press("Enter");
    await button(t("teams.sign-out")).waitFor();
    expect(await page.getByText(t("factors.access.unfinished", { kind: app })).count()).toBe(0);
  });
});
