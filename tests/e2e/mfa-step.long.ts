import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeOf, earliestStep } from "../server/mfa/authenticator.ts";
import { type ExtensionBrowser, launchExtension } from "../support/extension.ts";
import { withPermittedCopy } from "../support/permitted-copy.ts";
import { addAuthenticator, type VirtualAuthenticator } from "../support/virtual-passkeys.ts";
import { ALL_THEMES, expectAccessible, LANGUAGES } from "./axe.ts";
import { contact, openKit, protectProfile, register } from "./steps/connect.ts";
import { cutOff } from "./steps/layout.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsOf } from "./words.ts";

/** The step "Second factor" with everything in it, and a passkey of a virtual authenticator. */
const FACTORS = {
  modules: [{ kind: "webauthn" }, { kind: "totp" }, { kind: "recovery" }],
  recommended: "webauthn",
};
const KINDS = {
  en: { passkey: "Passkey or security key", app: "Authenticator", code: "Code from your authenticator" },
  "zh-CN": { passkey: "通行密钥或安全密钥", app: "身份验证器", code: "身份验证器中的动态口令" },
} as const;

describe.for(LANGUAGES)("in %s", (language) => {
  const kinds = KINDS[language as keyof typeof KINDS];
  let server: TeamServer;
  let browser: ExtensionBrowser;
  let page: Page;
  let key: VirtualAuthenticator;
  let t: Awaited<ReturnType<typeof wordsOf>>["t"];
  let secret = "";
  let kit = "";
  let shownAt = 0;
  let over: () => void = () => {};

  beforeAll(async () => {
    server = await startTeamServer(undefined, FACTORS);
    // In a headless browser nobody can answer the question for the host.
    browser = await new Promise<ExtensionBrowser>((resolve, reject) => {
      withPermittedCopy(["http://localhost/*"], async (extensionPath) => {
        resolve(await launchExtension({ extensionPath, language }));
        await new Promise<void>((done) => {
          over = done;
        });
      }).catch(reject);
    });
    await protectProfile(browser, steps.PASSPHRASE);
    page = await browser.openExtensionPage("page.html#/teams");
    page.setDefaultTimeout(20_000);
    ({ t } = await wordsOf(page));
    key = await addAuthenticator(page);
    await contact(page, server.code);
    await register(page, "alice@example.com", steps.PASSPHRASE);
    const sheet = await openKit(browser, page, steps.PASSPHRASE);
    kit = (await sheet.locator(".sheet-secret").textContent()) ?? "";
    await sheet.close();
  });
  afterAll(async () => {
    await browser?.close();
    over();
    await server?.stop();
  });

  const host = () => new URL(server.origin).host;
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const check = async (screen: string) => {
    await expectAccessible(browser, page, screen, language, ALL_THEMES);
    expect.soft(await cutOff(page), screen).toEqual([]);
  };
  const nextCode = () => {
    shownAt = Math.max(earliestStep(Date.now()), shownAt + 1);
    return codeOf(secret, shownAt * 30_000);
  };
  const signOutAndIn = async () => {
    await page.goto(`${page.url().split("#")[0]}#/teams`);
    await button(t("teams.sign-out")).click();
    await page.getByLabel(t("teams.again.passphrase")).fill(steps.PASSPHRASE);
    await button(t("teams.again.action")).click();
    await page.getByRole("heading", { name: t("factors.step.title", { host: host() }) }).waitFor();
  };
  const isIn = () => button(t("teams.sign-out")).waitFor();

  test("a passkey and an authenticator are set up", async () => {
    await page.getByRole("link", { name: t("factors.access.set-up"), exact: true }).click();
    await button(t("factors.set-up.named", { kind: kinds.passkey })).click();
    await button(t("factors.set-up.passkey-action")).click();
    await page.getByText(t("factors.set-up.then-codes")).waitFor();
    expect(await key.credentials()).toHaveLength(1);
    await button(t("factors.offer.skip")).click();
    await button(t("factors.set-up.named", { kind: kinds.app })).click();
    secret = (await page.locator(".factor-secret .invitation-text").innerText()).replaceAll(" ", "");
    await page.getByLabel(kinds.code).fill(nextCode());
    await button(t("factors.set-up.prove")).click();
    await page.getByText(t("factors.set-up.then-codes")).waitFor();
  });

  test("the step begins with the one that was used last, and leads to the other", async () => {
    await signOutAndIn();
    await page.getByLabel(kinds.code).fill("12");
    await button(t("factors.step.go-on")).click();
    await page.getByText(t("factors.refused.wrong-code")).waitFor();
    await check("mfa-step-code");
    await button(t("factors.step.another")).click();
    await page.getByText(t("factors.step.which")).waitFor();
    await check("mfa-step-which");
    await button(t("factors.step.use-named", { name: kinds.passkey })).click();
    await button(t("factors.set-up.passkey-action")).click();
    await isIn();
  });

  test("a passkey that is not given says so, and lets the person try again", async () => {
    await signOutAndIn();
    await key.recognises(false);
    await key.answers(false);
    const [credential] = await key.credentials();
    await key.remove();
    key = await addAuthenticator(page);
    await button(t("factors.set-up.passkey-action")).click();
    await page.getByText(t("factors.passkey.cancelled", { host: host() })).waitFor();
    await check("mfa-step-passkey");
    if (credential === undefined) throw Error("there was no passkey");
    await key.add(credential);
    await button(t("factors.set-up.passkey-action")).click();
    await isIn();
  });

  test("with all of them lost, the kit has them removed after an announced wait", async () => {
    await signOutAndIn();
    await button(t("factors.step.lost-all")).click();
    await page.getByLabel(t("teams.recover.kit"), { exact: true }).fill(kit.slice(0, 20));
    await button(t("factors.lost.ask")).click();
    await page.getByText(t("teams.kit.problem.incomplete")).waitFor();
    await check("mfa-step-lost");
    await page.getByLabel(t("teams.recover.kit"), { exact: true }).fill(kit);
    await button(t("factors.lost.ask")).click();
    await page.getByLabel(t("teams.recover.kit"), { exact: true }).waitFor({ state: "detached" });
    await check("mfa-step-waits");
    await button(t("action.cancel")).last().click();
    await page.getByText(t("teams.refused.factor-cancelled", { host: host() })).waitFor();
    await check("mfa-step-cancelled");
    await button(t("teams.again.action")).click();
    await button(t("factors.set-up.passkey-action")).click();
    await isIn();
    await button(t("factors.reset.stop")).click();
    await page.getByText(t("factors.reset.stopped")).first().waitFor();
  });

  test("a new kit asks for the passphrase, then for a factor, and is made", async () => {
    await button(`${t("teams.access.kit")}: ${t("teams.access.kit-new")}`).click();
    await page.getByLabel(t("teams.again.passphrase"), { exact: true }).fill(steps.PASSPHRASE);
    await button(t("teams.new-kit.action")).click();
    await button(t("factors.set-up.passkey-action")).waitFor();
    await check("mfa-step-new-kit");
    await button(t("factors.set-up.passkey-action")).click();
    await page.getByText(t("teams.new-kit.done")).first().waitFor();
  });
});
