import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { LANGUAGES } from "./axe.ts";
import { contact, protectProfile, register } from "./steps/connect.ts";
import { DAY_MS, type FactorSteps, factorSteps, moveClockOf } from "./steps/factors.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";

/** A server that wants a second factor of its administrators, and leaves them a week. */
describe.for(LANGUAGES)("in %s, with a week to do without", (language) => {
  let server: TeamServer;
  let browser: ExtensionBrowser;
  let alice: FactorSteps;

  beforeAll(async () => {
    server = await startTeamServer(undefined, { required: "administrators", graceDays: 7 });
    browser = await steps.launch({ language });
    await protectProfile(browser, steps.PASSPHRASE);
    const page = await browser.openExtensionPage("page.html#/teams");
    page.setDefaultTimeout(10_000);
    alice = factorSteps(browser, page, server, language);
    await contact(page, server.code);
    await register(page, "alice@example.com", steps.PASSPHRASE);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const dateOf = (ms: number) => new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(ms);
  const daysGoBy = async (days: number) => {
    await server.moveClock(days * DAY_MS);
    await moveClockOf(browser, days * DAY_MS);
    await alice.openTeams();
    const locked = alice.page.getByLabel(alice.t("passphrase.label"), { exact: true });
    await alice.button(alice.t("teams.sign-out")).or(locked).first().waitFor();
    if (await locked.isVisible()) await steps.unlockWith(alice.page, steps.PASSPHRASE);
    await alice.isIn();
  };
  const skip = () => alice.button(alice.t("factors.offer.skip"));
  const until = () => alice.page.getByText(dateOf(server.now() + 7 * DAY_MS), { exact: false });

  test("the day from which on it is wanted is said, and it is put off for now", async () => {
    const { page, t } = alice;
    await page.getByText(t("factors.offer.why")).waitFor();
    await until().first().waitFor();
    await alice.look("policy-grace-offer");
    await skip().click();
    await page.getByText(t("factors.offer.why")).waitFor({ state: "detached" });
    await alice.openTeams();
    await page.getByText(t("factors.access.none")).waitFor();
    expect(await page.getByText(t("factors.offer.why")).count()).toBe(0);
    await alice.look("policy-grace-put-off");
  });

  test("put off, it comes back two days before, and can't be put off again", async () => {
    const { page, t } = alice;
    await daysGoBy(4);
    await page.getByText(t("factors.access.none")).waitFor();
    expect(await page.getByText(t("factors.offer.why")).count()).toBe(0);
    await daysGoBy(1.5);
    await page.getByText(t("factors.offer.why")).waitFor();
    await alice.look("policy-grace-soon");
    expect(await skip().count()).toBe(0);
  });

  test("the week over, the open session says that it is wanted, and signing in leads through setting one up", async () => {
    const { page, t, host } = alice;
    await daysGoBy(1.6);
    await page.getByText(t("factors.offer.now", { host })).waitFor();
    await page.getByText(t("factors.none-wanted", { host })).waitFor();
    await alice.look("policy-grace-over");
    await alice.signOut();
    await alice.signIn();
    await page.getByText(t("factors.step.first", { host })).waitFor();
    await alice.look("policy-grace-first");
    await alice.button(t("action.cancel")).last().click();
    await page.getByText(t("teams.refused.factor-cancelled", { host })).waitFor();
    await alice.signIn();
    await alice.setUpAuthenticator();
    await alice.isIn();
    await alice.look("policy-grace-done");
  });
});
