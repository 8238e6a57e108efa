import type { Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { ALL_THEMES, expectAccessible, LANGUAGES } from "./axe.ts";
import { eventually } from "./eventually.ts";
import { contact, protectProfile, register } from "./steps/connect.ts";
import { accept, inviteTo, letIn, lookAgain, makeGroup } from "./steps/groups.ts";
import { cutOff } from "./steps/layout.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

const ALICE = "alice@example.com";
const BOB = "bob@example.com";
/** The name of the group is a record, too. */
const COUNT = 1_000;
const TOTAL = COUNT + 1;
const STAGE = "**/trpc/group.stageRecords*";

/** A large group gets a new key: how far it is, that it can be stopped, and what holds then. */
describe.for(LANGUAGES)("in %s", (language) => {
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
    const entries = Array.from({ length: COUNT }, (_, at) =>
      steps.entryOf({ issuer: `Customer ${at}`, account: `alice+${at}@example.com` }),
    );
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

  const button = (name: string) => alice.getByRole("button", { name, exact: true });
  const openCloud = async (page: Page) => {
    await page.evaluate(() => location.assign("#/teams"));
    await page.getByRole("link", { name: "Cloud", exact: true }).click();
    await page.getByRole("heading", { name: "Cloud", exact: true }).waitFor();
  };
  const check = async (screen: string) => {
    await expectAccessible(atAlice, alice, screen, language, ALL_THEMES);
    expect.soft(await cutOff(alice), screen).toEqual([]);
  };
  /** Holds the requests back that send accounts, after so many. @returns lets them go */
  const holdAfter = async (many: number) => {
    const held: Route[] = [];
    let left = many;
    await alice.route(STAGE, async (route) => {
      if (left-- > 0) await route.continue();
      else held.push(route);
    });
    return async () => {
      left = Number.POSITIVE_INFINITY;
      for (const route of held) await route.continue();
    };
  };
  const focused = () => alice.evaluate(() => document.activeElement?.textContent ?? "");
  const bars = () => alice.getByRole("progressbar").count();

  test("two people share many accounts", async () => {
    await contact(alice, server.code);
    await register(alice, ALICE, steps.PASSPHRASE);
    await makeGroup(alice, "Cloud");
    const code = await inviteTo(alice, BOB);
    await button(t("groups.code.done")).click();
    await contact(bob, code);
    await register(bob, BOB, steps.PASSPHRASE);
    await bob.getByText(t("groups.offer.title", { group: "Cloud" })).waitFor();
    await accept(bob, ALICE);
    await letIn(alice, BOB, "Cloud");
    await alice.evaluate(() => location.assign("#/codes"));
    await alice.locator(".row").first().waitFor();
    await alice.getByLabel(t("row.choose", { name: "Customer 0" })).click();
    await alice.keyboard.press("Control+a");
    await button(t("many.place")).click();
    await alice.getByLabel(t("place.to")).selectOption({ label: "Cloud" });
    await button(t("place.move")).click();
    await alice
      .getByText(tn("place.moved-in", COUNT, { group: "Cloud" }))
      .first()
      .waitFor();
    await openCloud(alice);
    await lookAgain(alice);
  });

  test("a removal says how many accounts are sent; stopped, nobody is removed, and it can be pressed again", async () => {
    await alice.getByRole("button", { name: t("groups.person.remove-named", { name: BOB }) }).click();
    const letGo = await holdAfter(8);
    await button(t("groups.remove-sure", { name: BOB })).click();
    await alice
      .getByRole("progressbar", { name: t("groups.progress.sending", { done: 400, total: TOTAL }) })
      .waitFor();
    expect(await bars()).toBe(1);
    await eventually(focused).toBe(t("groups.progress.stop"));
    await check("group-removal-progress");
    await button(t("groups.progress.stop")).click();
    await letGo();
    await alice.getByText(t("groups.remove-stopped", { name: BOB, group: "Cloud" })).waitFor();
    expect(await bars()).toBe(0);
    await check("group-removal-stopped");
    await lookAgain(alice);
    await alice.getByText(tn("groups.people", 2)).waitFor();
    await button(t("groups.remove-sure", { name: BOB })).waitFor();
    await button(t("action.cancel")).click();
  });

  test("a key that is due after somebody has left says it too; stopped, it stays due, and one press goes on", async () => {
    await openCloud(bob);
    await bob.getByRole("button", { name: t("groups.manage-leave"), exact: true }).click();
    await bob.getByRole("button", { name: t("groups.leave-sure", { group: "Cloud" }), exact: true }).click();
    await bob
      .getByText(t("groups.left", { group: "Cloud" }))
      .first()
      .waitFor();
    await lookAgain(alice);
    const letGo = await holdAfter(4);
    await button(t("groups.key-make")).click();
    await alice
      .getByRole("progressbar", { name: t("groups.progress.sending", { done: 200, total: TOTAL }) })
      .waitFor();
    expect(await bars()).toBe(1);
    await eventually(focused).toBe(t("groups.progress.stop"));
    await check("group-new-key-progress");
    await button(t("groups.progress.stop")).click();
    await letGo();
    await alice.getByText(t("groups.trouble.key-stopped")).waitFor();
    await eventually(focused).toBe(t("groups.progress.go-on"));
    await check("group-new-key-stopped");
    await lookAgain(alice);
    await button(t("groups.progress.go-on")).click();
    await alice
      .getByText(t("groups.key-made", { group: "Cloud" }))
      .first()
      .waitFor();
    expect(await alice.getByRole("group", { name: t("groups.key-due") }).count()).toBe(0);
  });
});
