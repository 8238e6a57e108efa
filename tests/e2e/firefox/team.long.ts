import type { Page as ChromiumPage } from "playwright-core";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExtensionBrowser } from "../../support/extension.ts";
import { findFirefox } from "../../support/find-firefox.ts";
import { type Firefox, launchFirefox } from "../../support/firefox.ts";
import { eventually } from "../eventually.ts";
import { contact, register } from "../steps/connect.ts";
import { inviteTo, letIn, makeGroup, sixWordsIn } from "../steps/groups.ts";
import { startTeamServer, type TeamServer } from "../steps/team-server.ts";
import * as steps from "../vault-steps.ts";
import { wordsIn } from "../words.ts";
import { fill, press, text } from "./own-page.ts";

/** One person in Chromium, the other in Firefox, whose origin no server knows before. The tests build on each other. */
const { t, tn } = wordsIn("en");
const ALICE = "alice@example.com";
const BOB = "bob@example.com";
const AWS = steps.entryOf({ issuer: "AWS", account: "root" });
const PASSPHRASE = "bob keeps four other words";

describe.skipIf(findFirefox() === null)("a group with somebody in Firefox (needs it)", () => {
  let server: TeamServer;
  let atAlice: ExtensionBrowser;
  let alice: ChromiumPage;
  let firefox: Firefox;
  let bob: Page;

  beforeAll(async () => {
    server = await startTeamServer();
    atAlice = await steps.launch();
    await steps.restoreInto(atAlice, [AWS], steps.PASSPHRASE);
    alice = await atAlice.openExtensionPage("page.html#/teams");
    firefox = await launchFirefox();
    await firefox.loadTemporarily();
    bob = await firefox.openExtensionPage("page.html#/teams");
  });
  afterAll(async () => {
    await firefox?.close();
    await atAlice?.close();
    await server?.stop();
  });

  const says = () => eventually(() => text(bob));
  const go = (hash: string) => bob.evaluate((to) => location.assign(to), hash);
  const lookAgain = async () => {
    await press(bob, t("groups.look"));
    return text(bob);
  };

  test("accepts an invitation after choosing a passphrase, with the same six words", async () => {
    await contact(alice, server.code);
    await register(alice, ALICE, steps.PASSPHRASE);
    await makeGroup(alice, "Cloud");
    const code = await inviteTo(alice, BOB);
    await go("#/settings");
    await fill(bob, t("passphrase.new"), PASSPHRASE);
    await fill(bob, t("passphrase.repeat"), PASSPHRASE);
    await press(bob, t("protect.action"));
    await says().toContain(t("protect.done"));
    await go("#/teams");
    await fill(bob, t("teams.code"), code);
    await press(bob, t("action.continue"));
    await press(bob, t("teams.ask.action"));
    await fill(bob, t("teams.email"), BOB);
    await fill(bob, t("teams.register.passphrase"), PASSPHRASE);
    await press(bob, t("teams.register.action"));
    await says().toContain(t("groups.offer.title", { group: "Cloud" }));
    const words = await bob.evaluate(() => document.querySelector(".six-words")?.textContent);
    await press(bob, t("groups.offer.accept"));
    await says().toContain(t("groups.state.waiting", { name: ALICE }));
    await alice.getByText(t("groups.accepted.title", { name: BOB })).waitFor();
    expect(await sixWordsIn(alice, BOB)).toBe(words);
    await letIn(alice, BOB, "Cloud");
  });

  test("has the code of an account as soon as it is shared", async () => {
    await alice.evaluate(() => location.assign("#/codes"));
    await alice.getByLabel(t("row.choose", { name: "AWS" })).click();
    await alice.getByRole("button", { name: t("many.place"), exact: true }).click();
    await alice.getByLabel(t("place.to")).selectOption({ label: "Cloud" });
    await alice.getByRole("button", { name: t("place.move"), exact: true }).click();
    const moved = alice.getByText(tn("place.moved-in", 1, { group: "Cloud" }));
    await moved.first().waitFor();
    await eventually(lookAgain).toContain("Cloud");
    const codes = await firefox.openExtensionPage("popup.html?window");
    await eventually(() => text(codes)).toMatch(/AWS[\s\S]*?\d{3}\s?\d{3}/);
    const shown = /AWS[\s\S]*?(\d{3})\s?(\d{3})/.exec(await text(codes));
    const now = Date.now();
    expect([steps.expectedCode(AWS, now), steps.expectedCode(AWS, now - 30_000)]).toContain(
      `${shown?.[1]}${shown?.[2]}`,
    );
  });

  test("asks nobody but the server of the team", () => {
    const own = firefox.networkLog.requests.filter(({ origin }) => origin?.startsWith("moz-extension:"));
    expect(new Set(own.map(({ url }) => new URL(url).origin))).toEqual(new Set([server.origin]));
  });
});
