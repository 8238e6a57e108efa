import type { Page } from "playwright-core";
import { expect } from "vitest";
import { codeOf, earliestStep } from "../../server/mfa/authenticator.ts";
import type { ExtensionBrowser } from "../../support/extension.ts";
import { expectAccessible } from "../axe.ts";
import * as vault from "../vault-steps.ts";
import { type Words, wordsIn } from "../words.ts";
import { cutOff } from "./layout.ts";
import type { TeamServer } from "./team-server.ts";

export const HOUR_MS = 60 * 60_000;
export const DAY_MS = 24 * HOUR_MS;

/** What the kinds are called that most tests have. */
export const KINDS = {
  en: { totp: "Authenticator", recovery: "Recovery codes", code: "Code from your authenticator" },
  "zh-CN": { totp: "身份验证器", recovery: "恢复码", code: "身份验证器中的动态口令" },
} as const;

/** What one person does about second factors, through the screens of one page. */
export type FactorSteps = ReturnType<typeof factorSteps>;

export function factorSteps(browser: ExtensionBrowser, page: Page, server: TeamServer, language: string) {
  const { t, tn }: Words = wordsIn(language);
  const kinds = KINDS[language as keyof typeof KINDS];
  const host = new URL(server.origin).host;
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const setUpButton = (kind: string) => button(t("factors.set-up.named", { kind }));
  const title = page.getByRole("heading", { name: t("factors.step.title", { host }) });
  let secret = "";
  let step = 0;
  const open = async (hash: string) => {
    await page.goto(page.url().replace(/#.*/, hash));
    await page.reload();
  };
  return {
    ...{ browser, page, server, t, tn, kinds, host, button, setUpButton, title },
    open,
    isIn: () => button(t("teams.sign-out")).waitFor(),
    /**
     * A code that was not shown yet: the server takes three at any moment, each once, those before it no more. Where all of them
     * were shown, half a minute goes by there.
     */
    async nextCode(): Promise<string> {
      const stepNow = () => Math.floor(server.now() / 30_000);
      step = Math.max(earliestStep(server.now()), step + 1);
      while (step > stepNow() + 1) await server.moveClock(30_000);
      return codeOf(secret, step * 30_000);
    },
    /** Sets an authenticator up where the kinds are offered, as on a phone. */
    async setUpAuthenticator(): Promise<void> {
      await setUpButton(kinds.totp).click();
      secret = (await page.locator(".factor-secret .invitation-text").innerText()).replaceAll(" ", "");
      step = 0;
      await page.getByLabel(kinds.code).fill(await this.nextCode());
      await button(t("factors.set-up.prove")).click();
    },
    async giveCode(): Promise<void> {
      await page.getByLabel(kinds.code).fill(await this.nextCode());
      await button(t("factors.step.go-on")).click();
    },
    async openTeams(): Promise<void> {
      await open("#/teams");
    },
    async openFactors(): Promise<void> {
      await open("#/teams");
      await page.locator("a[href^='#/factors']").first().click();
      await page.getByRole("heading", { name: host, exact: true }).waitFor();
      await page.locator("#set-up").waitFor();
    },
    async signOut(): Promise<void> {
      await open("#/teams");
      await button(t("teams.sign-out")).click();
    },
    /** Where the passphrase is asked for. */
    async signIn(): Promise<void> {
      await page.getByLabel(t("teams.again.passphrase")).fill(vault.PASSPHRASE);
      await button(t("teams.again.action")).click();
    },
    /** Expects of what is to be seen that it is good, wide and narrow, in both themes; with PICTURES set, saves it too. */
    async look(screen: string): Promise<void> {
      // What was said last is no part of it.
      await page
        .locator(".toast button")
        .last()
        .click({ timeout: 500 })
        .catch(() => {});
      await page.setViewportSize({ width: 400, height: 900 });
      await expectAccessible(browser, page, `${screen}-narrow`, language);
      expect.soft(await cutOff(page), `${screen}, narrow`).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 900 });
      await expectAccessible(browser, page, screen, language);
      expect.soft(await cutOff(page), screen).toEqual([]);
    },
  };
}

/**
 * Sets the clock of the extension ahead by so many milliseconds more: of its worker at once, of its pages as soon as they are
 * opened or loaded anew.
 */
export async function moveClockOf(browser: ExtensionBrowser, ms: number): Promise<void> {
  // One that is looked into goes on running, and keeps the clock that it was given.
  const worker = await browser.serviceWorker();
  await worker.evaluate(setAhead, ms);
  await browser.context.addInitScript(setAhead, ms);
}

function setAhead(ms: number): void {
  const before = Date.now;
  const now = () => before() + ms;
  globalThis.Date = new Proxy(Date, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    get: (target, key, receiver) => (key === "now" ? now : Reflect.get(target, key, receiver)),
  });
}
