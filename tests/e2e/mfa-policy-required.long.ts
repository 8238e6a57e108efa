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
const EVE = "eve@example.com";

/** A server that comes to want a second factor while people are signed in, and leaves nobody a day. */
describe.for(LANGUAGES)("in %s, with no time to do without", (language) => {
  let server: TeamServer;
  const browsers: ExtensionBrowser[] = [];
  let alice: FactorSteps;
  let bob: FactorSteps;

  const comeFrom = async (code: string, email: string) => {
    const browser = await steps.launch({ language });
    browsers.push(browser);
    await protectProfile(browser, steps.PASSPHRASE);
    const page = await browser.openExtensionPage("page.html#/teams");
    page.setDefaultTimeout(10_000);
    await contact(page, code);
    await register(page, email, steps.PASSPHRASE);
    return factorSteps(browser, page, server, language);
  };
  beforeAll(async () => {
    server = await startTeamServer();
    alice = await comeFrom(server.code, ALICE);
    await alice.isIn();
    await makeGroup(alice.page, "Cloud");
  });
  afterAll(async () => {
    for (const browser of browsers) await browser.close();
    await server?.stop();
  });

  const invite = async (email: string) => {
    await alice.open("#/teams");
    await alice.page.getByRole("link", { name: "Cloud", exact: true }).click();
    const code = await inviteTo(alice.page, email);
    await alice.button(alice.t("groups.code.done")).click();
    return code;
  };
  const letInto = async (who: FactorSteps, email: string) => {
    await who.isIn();
    await accept(who.page, ALICE);
    await alice.page.getByText(alice.t("groups.accepted.title", { name: email })).waitFor();
    await letIn(alice.page, email, "Cloud");
  };

  test("an open session hears of it at once: on the group's page, and with all that is left to do on the card", async () => {
    const { page, t, host } = alice;
    await server.configure({ required: "administrators", graceDays: 0 });
    await page.reload();
    await page.getByText(t("groups.trouble.factor-missing", { host })).first().waitFor();
    await alice.look("policy-required-group");
    await page.getByRole("link", { name: t("factors.access.set-up"), exact: true }).click();
    await page.getByText(t("factors.none-wanted", { host })).waitFor();
    await alice.openTeams();
    await page.getByText(t("factors.offer.now", { host })).waitFor();
    expect(await alice.button(t("factors.offer.skip")).count()).toBe(0);
    await alice.openFactors();
    await page.getByText(t("factors.none-wanted", { host })).waitFor();
    await alice.look("policy-required-page");
    await alice.setUpAuthenticator();
    await page.getByText(t("factors.is.strong")).waitFor();
    // And nobody takes it away again.
    await alice.button(t("factors.remove-named", { name: alice.kinds.totp })).click();
    await page.getByText(t("factors.remove-wanted", { host })).waitFor();
    await alice.look("policy-required-last");
  });

  test("whoever is no administrator comes in without, until they are made one on the command line", async () => {
    bob = await comeFrom(await invite(BOB), BOB);
    await letInto(bob, BOB);
    const { page, t, host } = bob;
    await bob.openTeams();
    await page.getByText(t("factors.access.none")).waitFor();
    expect(await server.admin("make-administrator", BOB)).toContain(BOB);
    await bob.openTeams();
    await page.getByText(t("factors.offer.now", { host })).waitFor();
    await bob.signOut();
    await bob.signIn();
    await page.getByText(t("factors.step.first", { host })).waitFor();
    await bob.button(t("action.cancel")).last().click();
    await page.getByText(t("teams.refused.factor-cancelled", { host })).waitFor();
    // Nothing came in by that: the form is there, and leads to the same step.
    await bob.signIn();
    await bob.setUpAuthenticator();
    await bob.isIn();
    await page.getByText(t("factors.access.only-one")).waitFor();
  });

  test("wanted of everybody, it is set up after an invitation, and who will not is not in", async () => {
    await server.configure({ required: "everybody", graceDays: 0 });
    await alice.openTeams();
    await alice.isIn();
    const code = await invite(EVE);
    const eve = await comeFrom(code, EVE);
    const { page, t, host } = eve;
    await page.getByText(t("factors.step.first", { host })).waitFor();
    await eve.look("policy-required-invited");
    await eve.button(t("action.cancel")).last().click();
    await page.getByText(t("teams.register.factor-cancelled", { host })).waitFor();
    await eve.look("policy-required-cancelled");
    expect(await eve.button(t("teams.sign-out")).count()).toBe(0);
    // Later, as it is said there.
    await page.reload();
    await contact(page, code);
    await register(page, EVE, steps.PASSPHRASE);
    await eve.setUpAuthenticator();
    await letInto(eve, EVE);
  });
});
