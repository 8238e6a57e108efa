import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { LANGUAGES } from "./axe.ts";
import { contact, protectProfile, register } from "./steps/connect.ts";
import { type FactorSteps, factorSteps } from "./steps/factors.ts";
import { accept, inviteTo, letIn, makeGroup } from "./steps/groups.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";

const ALICE = "alice@example.com";
const BOB = "bob@example.com";
const PASSKEY = { en: "Passkey or security key", "zh-CN": "通行密钥或安全密钥" } as const;

const ALL = {
  recommended: "totp",
  modules: [{ kind: "recovery" }, { kind: "totp" }, { kind: "webauthn", onlyFor: ["Alice@Example.com"] }],
};
/** Without the authenticator that somebody may have. */
const WITHOUT = { modules: [{ kind: "recovery" }, { kind: "webauthn" }] };

/** A server that offers kinds of factors to some, recommends one, and gives one up. */
describe.for(LANGUAGES)("in %s", (language) => {
  let server: TeamServer;
  const browsers: ExtensionBrowser[] = [];
  let alice: FactorSteps;
  let bob: FactorSteps;
  const passkey = PASSKEY[language as keyof typeof PASSKEY];

  const comeFrom = async (code: string, email: string) => {
    const browser = await steps.launch({ language });
    browsers.push(browser);
    await protectProfile(browser, steps.PASSPHRASE);
    const page = await browser.openExtensionPage("page.html#/teams");
    page.setDefaultTimeout(10_000);
    await contact(page, code);
    await register(page, email, steps.PASSPHRASE);
    const one = factorSteps(browser, page, server, language);
    await one.isIn();
    return one;
  };
  beforeAll(async () => {
    server = await startTeamServer(undefined, ALL);
    alice = await comeFrom(server.code, ALICE);
    await makeGroup(alice.page, "Cloud");
    const code = await inviteTo(alice.page, BOB);
    await alice.button(alice.t("groups.code.done")).click();
    bob = await comeFrom(code, BOB);
    await accept(bob.page, ALICE);
    await alice.page.getByText(alice.t("groups.accepted.title", { name: BOB })).waitFor();
    await letIn(alice.page, BOB, "Cloud");
  });
  afterAll(async () => {
    for (const browser of browsers) await browser.close();
    await server?.stop();
  });

  const kindsOf = ({ page }: FactorSteps) =>
    page.locator("section[aria-labelledby=set-up] li strong").allInnerTexts();

  test("kinds stand in the server's sequence, the recommended one named, and one that is for others is not there", async () => {
    const { kinds, t } = alice;
    await alice.openFactors();
    expect(await kindsOf(alice)).toEqual([kinds.recovery, kinds.totp, passkey]);
    const recommended = alice.page.locator("section[aria-labelledby=set-up] li").nth(1);
    expect(await recommended.innerText()).toContain(t("factors.recommended"));
    expect(await recommended.getByRole("button").getAttribute("class")).toContain("primary");
    await alice.look("policy-modules-all");
    await bob.openFactors();
    expect(await kindsOf(bob)).toEqual([kinds.recovery, kinds.totp]);
  });

  test("switched off, it is listed as that, counts for nothing, and lets in without", async () => {
    const { page, t, host } = bob;
    await bob.setUpAuthenticator();
    await page.getByText(t("factors.is.strong")).waitFor();
    await server.configure(WITHOUT);
    await bob.openFactors();
    await page.getByText(t("factors.is.off", { host })).waitFor();
    await page.getByText(t("factors.why-none-counts")).waitFor();
    expect(await kindsOf(bob)).toEqual([bob.kinds.recovery, passkey]);
    // Spare ones are nothing without one that counts.
    expect(await bob.setUpButton(bob.kinds.recovery).count()).toBe(0);
    await bob.look("policy-modules-off");
    await bob.openTeams();
    await page.getByText(t("factors.why-none-counts")).waitFor();
    await page.getByText(t("factors.offer.why")).waitFor();
    expect(await page.getByText(t("factors.access.only-one")).count()).toBe(0);
    await bob.look("policy-modules-off-card");
    await bob.signOut();
    await bob.signIn();
    await bob.isIn();
  });

  test("the only one switched off where one is wanted, another is set up on the way in", async () => {
    const { page, t, host } = bob;
    await server.configure({ ...WITHOUT, required: "everybody", graceDays: 0 });
    await bob.openTeams();
    await page.getByText(t("factors.none-counts-wanted", { host })).waitFor();
    await page.getByText(t("teams.sessions.waits")).waitFor();
    await page.getByText(t("factors.offer.now", { host })).waitFor();
    await bob.look("policy-modules-off-wanted");
    await bob.signOut();
    await bob.signIn();
    await page.getByText(t("factors.step.first", { host })).waitFor();
    await bob.look("policy-modules-off-step");
    await bob.button(t("action.cancel")).last().click();
    await page.getByText(t("teams.refused.factor-cancelled", { host })).waitFor();
  });

  test("back, it counts again and is asked for", async () => {
    await server.configure(ALL);
    await bob.signIn();
    await bob.title.waitFor();
    await bob.giveCode();
    await bob.isIn();
  });

  test("recovery codes alone let nobody in where one is wanted, and the switched-off one is removed without a detour", async () => {
    const { page, t, kinds, host } = bob;
    await bob.openFactors();
    await bob.setUpButton(kinds.recovery).click();
    await page
      .locator("input[autocomplete=one-time-code]")
      .fill(await page.locator(".recovery-codes li").first().innerText());
    await bob.button(t("factors.set-up.prove")).click();
    await page.getByText(t("factors.is.spare")).waitFor();
    await server.configure({ ...WITHOUT, required: "everybody", graceDays: 0 });
    await bob.signOut();
    await bob.signIn();
    await page.getByText(t("factors.step.first", { host })).waitFor();
    await bob.button(t("action.cancel")).last().click();
    await server.configure(WITHOUT);
    await bob.signIn();
    await bob.isIn();
    await bob.openFactors();
    await page.getByText(t("factors.is.off", { host })).waitFor();
    await bob.button(t("factors.remove-named", { name: kinds.totp })).click();
    await bob.look("policy-modules-off-remove");
    await page.getByText(t("factors.remove-off", { host })).waitFor();
    expect(await page.getByText(t("factors.remove-last", { host })).count()).toBe(0);
    await bob
      .button(t("factors.remove-named", { name: kinds.totp }))
      .last()
      .click();
    await page
      .getByText(t("factors.removed", { name: kinds.totp }))
      .first()
      .waitFor();
  });
});
