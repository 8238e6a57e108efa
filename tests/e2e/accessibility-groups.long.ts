import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { expectAccessible, LANGUAGES } from "./axe.ts";
import { eventually } from "./eventually.ts";
import { contact, protectProfile, register } from "./steps/connect.ts";
import { accept, inviteTo, letIn, lookAgain, makeGroup } from "./steps/groups.ts";
import { cutOff } from "./steps/layout.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

const ALICE = "alice@example.com";
const BOB = "bob@example.com";

/** Every screen of a group, as its owner and as one who may only use codes; the focus stays on something after each act. */
describe.for(LANGUAGES)("in %s, axe finds nothing on", (language) => {
  const { t, tn } = wordsIn(language);
  let server: TeamServer;
  let atAlice: ExtensionBrowser;
  let atBob: ExtensionBrowser;
  let alice: Page;
  let bob: Page;

  beforeAll(async () => {
    [server, atAlice, atBob] = await Promise.all([
      startTeamServer(),
      steps.launch({ language }),
      steps.launch({ language }),
    ]);
    const entries = [
      steps.entryOf({ issuer: "AWS", account: "root" }),
      steps.entryOf({ issuer: "Mail", account: ALICE }),
    ];
    await steps.restoreInto(atAlice, entries, steps.PASSPHRASE);
    await protectProfile(atBob, steps.PASSPHRASE);
    alice = await atAlice.openExtensionPage("page.html#/teams");
    bob = await atBob.openExtensionPage("page.html#/teams");
  });
  afterAll(async () => {
    await atAlice?.close();
    await atBob?.close();
    await server?.stop();
  });

  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  const go = (page: Page, hash: string) => page.evaluate((to) => location.assign(to), hash);
  const open = async (page: Page, name: string) => {
    await go(page, "#/teams");
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("heading", { name, exact: true }).waitFor();
  };
  const check = async (page: Page, screen: string) => {
    const browser = page === alice ? atAlice : atBob;
    await expectAccessible(browser, page, screen, language);
    expect.soft(await cutOff(page), screen).toEqual([]);
  };
  /** After something was done by keyboard or mouse, the next Tab does not begin at the top. */
  const keepsFocus = async (page: Page, what: string) => {
    // While a button waits for its own work nothing has the focus.
    await eventually(() =>
      page.evaluate((act) => `${document.activeElement?.localName} after ${act}`, what),
    ).not.toMatch(/^(body|undefined) /);
  };

  test("making a group and inviting somebody", async () => {
    await contact(alice, server.code);
    await register(alice, ALICE, steps.PASSPHRASE);
    await alice.getByText(t("groups.none")).waitFor();
    await button(alice, t("groups.keep-all")).click();
    await check(alice, "groups-keep-all");
    await button(alice, t("action.cancel")).click();
    await keepsFocus(alice, "not keeping all");
    await button(alice, t("groups.new")).click();
    await check(alice, "groups-new");
    await button(alice, t("action.cancel")).click();
    await keepsFocus(alice, "no new group");
    await makeGroup(alice, "Cloud");
    await keepsFocus(alice, "a new group");
    await check(alice, "group-owner-alone");
    await button(alice, t("groups.invite")).click();
    await keepsFocus(alice, "the form of an invitation");
    await check(alice, "group-invite");
    await button(alice, t("action.cancel")).click();
    await keepsFocus(alice, "no invitation");
    const code = await inviteTo(alice, BOB);
    await keepsFocus(alice, "a code");
    await check(alice, "group-code");
    await button(alice, t("groups.code.done")).click();
    await keepsFocus(alice, "a code that was read");
    await check(alice, "group-invited");
    await contact(bob, code);
    await register(bob, BOB, steps.PASSPHRASE);
    await bob.getByText(t("groups.offer.title", { group: "Cloud" })).waitFor();
    await check(bob, "groups-offer");
    await accept(bob, ALICE);
    await keepsFocus(bob, "an offer that was accepted");
    await check(bob, "groups-waiting");
    await alice.getByText(t("groups.accepted.title", { name: BOB })).waitFor();
    await check(alice, "group-accepted");
    await letIn(alice, BOB, "Cloud");
    await keepsFocus(alice, "letting somebody in");
  });

  test("putting accounts elsewhere", async () => {
    await go(alice, "#/codes");
    await alice.getByLabel(t("row.choose", { name: "AWS" })).click();
    await button(alice, t("many.place")).click();
    const places = alice.getByLabel(t("place.to"));
    await places.getByText("Cloud").waitFor({ state: "attached" });
    await alice.getByText(t("place.all-mine-what", { host: new URL(server.origin).host })).waitFor();
    await check(alice, "place-mine");
    await places.selectOption({ label: "Cloud" });
    await check(alice, "place-group");
    await button(alice, t("place.move")).click();
    await keepsFocus(alice, "moving an account");
    await alice
      .getByText(tn("place.moved-in", 1, { group: "Cloud" }))
      .first()
      .waitFor();
    await go(alice, "#/teams");
    await button(alice, t("groups.keep-all")).click();
    await button(alice, t("groups.keep-all-action")).click();
    await alice.getByRole("link", { name: t("place.all-mine"), exact: true }).waitFor();
    await keepsFocus(alice, "keeping all");
    await check(alice, "groups-list");
    await open(alice, t("place.all-mine"));
    await check(alice, "group-personal");
    expect(await button(alice, t("groups.invite")).count()).toBe(0);
  });

  test("a group for one who may only use codes", async () => {
    await open(bob, "Cloud");
    await lookAgain(bob);
    await bob.getByText(t("groups.role-says.viewer")).waitFor();
    await check(bob, "group-viewer");
    await go(bob, "#/teams");
    await button(bob, t("groups.have-code")).click();
    await bob.getByLabel(t("teams.code")).fill(server.code);
    await button(bob, t("action.continue")).click();
    await bob.getByText(t("groups.code.set-up")).waitFor();
    await check(bob, "groups-paste");
    await button(bob, t("action.cancel")).click();
    await keepsFocus(bob, "no code");
    await go(bob, "#/codes");
    await bob.locator(".row .row-more").click();
    await bob.getByText(t("row.only-codes", { group: "Cloud" })).waitFor();
    await check(bob, "codes-only-codes");
    await bob.keyboard.press("Escape");
  });

  test("a person’s words and role, removing them, and the list that is left", async () => {
    await open(alice, "Cloud");
    await button(alice, t("groups.person.words-named", { name: BOB })).click();
    await check(alice, "group-words");
    await button(alice, t("groups.person.role-named", { name: BOB })).click();
    await check(alice, "group-role");
    await button(alice, t("groups.person.remove-named", { name: BOB })).click();
    await alice.getByText(tn("groups.remove-cannot", 1, { name: BOB })).waitFor();
    await check(alice, "group-remove");
    await button(alice, t("groups.remove-sure", { name: BOB })).click();
    await alice.getByText(t("reenrol.title-group", { name: BOB, group: "Cloud" })).waitFor();
    await keepsFocus(alice, "removing somebody");
    await check(alice, "reenrol");
    await button(alice, t("reenrol.put-away")).click();
    await check(alice, "reenrol-sure");
    await button(alice, t("action.cancel")).click();
    await keepsFocus(alice, "keeping the list");
    await go(alice, "#/teams");
    await alice.getByRole("link", { name: t("groups.reenrol-open") }).waitFor();
    await check(alice, "groups-list-left");
    await open(alice, "Cloud");
    await button(alice, t("groups.manage-close")).click();
    await check(alice, "group-close");
    await button(alice, t("action.cancel")).click();
    await keepsFocus(alice, "not closing");
    await open(bob, "Cloud");
    await lookAgain(bob);
    await bob.getByText(t("groups.state.out")).waitFor();
    await check(bob, "group-out");
  });
});
