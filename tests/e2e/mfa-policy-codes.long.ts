import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { LANGUAGES } from "./axe.ts";
import { contact, protectProfile, register } from "./steps/connect.ts";
import { type FactorSteps, factorSteps } from "./steps/factors.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";

/** Recovery codes, used up one by one. */
describe.for(LANGUAGES)("in %s", (language) => {
  let server: TeamServer;
  let browser: ExtensionBrowser;
  let alice: FactorSteps;
  let codes: string[] = [];

  beforeAll(async () => {
    server = await startTeamServer();
    browser = await steps.launch({ language });
    await protectProfile(browser, steps.PASSPHRASE);
    const page = await browser.openExtensionPage("page.html#/teams");
    page.setDefaultTimeout(15_000);
    alice = factorSteps(browser, page, server, language);
    await contact(page, server.code);
    await register(page, "alice@example.com", steps.PASSPHRASE);
    await alice.isIn();
    await alice.openFactors();
    await alice.setUpAuthenticator();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const field = () => alice.page.locator("input[autocomplete=one-time-code]");
  const proveCodes = async () => {
    const { page, t } = alice;
    await page.locator(".recovery-codes li").first().waitFor();
    codes = await page.locator(".recovery-codes li").allInnerTexts();
    await field().fill(codes[0] ?? "");
    await alice.button(t("factors.set-up.prove")).click();
    await page.getByText(t("factors.set-up.done-codes")).first().waitFor();
  };
  const giveRecovery = async (code: string) => {
    const { t, kinds } = alice;
    await alice.signOut();
    await alice.signIn();
    await alice.title.waitFor();
    // Spare ones come last: each of them is good once.
    await alice.button(t("factors.step.another")).click();
    await alice.button(t("factors.step.use-named", { name: kinds.recovery })).click();
    await field().fill(code);
    await alice.button(t("factors.step.go-on")).click();
  };

  test("with two left it is said at sign-in, and again with one", async () => {
    const { page, t, tn } = alice;
    await alice.button(t("factors.locked-in.codes")).click();
    await proveCodes();
    for (const code of codes.slice(0, 7)) {
      await giveRecovery(code);
      await alice.isIn();
    }
    await giveRecovery(codes[7] ?? "");
    await page.getByText(tn("factors.shown.codes-left", 2)).waitFor();
    // Nothing more is wanted.
    expect(await page.getByText(t("factors.step.after-passphrase")).count()).toBe(0);
    await alice.look("policy-codes-left");
    await alice.button(t("factors.step.go-on")).click();
    await alice.isIn();
    await giveRecovery(codes[8] ?? "");
    await page.getByText(tn("factors.shown.codes-left", 1)).waitFor();
    await alice.button(t("factors.step.go-on")).click();
    await alice.isIn();
  });

  test("a fresh set takes their place, and a code of before is good no longer", async () => {
    const { page, t, kinds } = alice;
    const former = codes[9] ?? "";
    await alice.openFactors();
    await alice.button(`${kinds.recovery}: ${t("factors.set-up.fresh")}`).click();
    await page.getByText(t("factors.set-up.fresh-what")).waitFor();
    await alice.look("policy-codes-fresh");
    await proveCodes();
    await page.getByText(t("factors.did.fresh-codes")).waitFor();
    await giveRecovery(former);
    await page.getByText(t("factors.refused.wrong-recovery-code")).waitFor();
    await field().fill(codes[0] ?? "");
    await alice.button(t("factors.step.go-on")).click();
    await alice.isIn();
  });

  test("the last way in goes only knowingly, and the codes go with it", async () => {
    const { page, t, host, kinds } = alice;
    await alice.openFactors();
    await alice.button(t("factors.remove-named", { name: kinds.totp })).click();
    await page.getByText(t("factors.remove-last", { host })).waitFor();
    await page.getByText(t("factors.remove-spare")).waitFor();
    await alice.look("policy-codes-last");
    await alice.button(t("action.cancel")).last().click();
    expect(await page.locator("section[aria-labelledby=factors] li").count()).toBe(2);
    await alice.button(t("factors.remove-named", { name: kinds.totp })).click();
    await alice
      .button(t("factors.remove-named", { name: kinds.totp }))
      .last()
      .click();
    await page.getByText(t("factors.why-none")).waitFor();
    expect(await page.locator("section[aria-labelledby=factors] li").count()).toBe(0);
  });
});
