import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import { contact, protectProfile, register } from "./steps/connect.ts";
import { accept, giveRole, inviteTo, letIn, lookAgain, makeGroup, sixWordsIn } from "./steps/groups.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** Two people with a browser each, and a real server between them. The tests build on each other. */
const { t, tn } = wordsIn("en");
const ALICE = "alice@example.com";
const BOB = "bob@example.com";
const AWS = steps.entryOf({ issuer: "AWS", account: "root" });
const MAIL = steps.entryOf({ issuer: "Mail", account: ALICE });

let server: TeamServer;
let atAlice: ExtensionBrowser;
let atBob: ExtensionBrowser;
let alice: Page;
let bob: Page;

beforeAll(async () => {
  [server, atAlice, atBob] = await Promise.all([startTeamServer(), steps.launch(), steps.launch()]);
  await steps.restoreInto(atAlice, [AWS, MAIL], steps.PASSPHRASE);
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
const openCloud = async (page: Page) => {
  await go(page, "#/teams");
  await page.getByRole("link", { name: "Cloud", exact: true }).click();
  await page.getByRole("heading", { name: "Cloud", exact: true }).waitFor();
};

test("who is invited with a code sees by whom and to what, and accepts; both see the same six words", async () => {
  await contact(alice, server.code);
  await register(alice, ALICE, steps.PASSPHRASE);
  await alice.getByText(t("groups.none")).waitFor();
  await makeGroup(alice, "Cloud");
  const code = await inviteTo(alice, BOB);
  await atAlice.picture(alice, "groups-code");
  await button(alice, t("groups.code.done")).click();
  await contact(bob, code);
  await register(bob, BOB, steps.PASSPHRASE);
  await bob.getByText(t("groups.offer.title", { group: "Cloud" })).waitFor();
  await bob.getByText(t("groups.role-says.viewer")).waitFor();
  const hers = await sixWordsIn(bob, t("groups.offer.title", { group: "Cloud" }));
  await atBob.picture(bob, "groups-offer");
  await accept(bob, ALICE);
  await bob.getByText(t("groups.state.waiting", { name: ALICE })).waitFor();
  await alice.getByText(t("groups.accepted.title", { name: BOB })).waitFor();
  expect(await sixWordsIn(alice, BOB)).toBe(hers);
  await atAlice.picture(alice, "groups-accepted");
  await letIn(alice, BOB, "Cloud");
  await alice.getByText(tn("groups.people", 2)).waitFor();
});

test("an account that one moves into the group has its code in the other’s popup", async () => {
  await go(alice, "#/codes");
  await alice.getByLabel(t("row.choose", { name: "AWS" })).click();
  await button(alice, t("many.place")).click();
  await alice.getByLabel(t("place.to")).selectOption({ label: "Cloud" });
  await alice.getByText(tn("place.readers", 1, { group: "Cloud", names: BOB })).waitFor();
  await atAlice.picture(alice, "groups-place");
  await button(alice, t("place.move")).click();
  await alice
    .getByText(tn("place.moved-in", 1, { group: "Cloud" }))
    .first()
    .waitFor();
  await alice.locator(".row", { hasText: "AWS" }).locator(".row-group", { hasText: "Cloud" }).waitFor();
  await openCloud(bob);
  await eventually(async () => {
    await lookAgain(bob);
    return bob.getByText(tn("groups.accounts", 1)).count();
  }).toBe(1);
  const popup = await steps.openPopupTab(atBob);
  await popup.locator(".row", { hasText: "AWS" }).locator(".row-group", { hasText: "Cloud" }).waitFor();
  const [row] = await steps.drawnRows(popup);
  const now = Date.now();
  expect([steps.expectedCode(AWS, now), steps.expectedCode(AWS, now - 30_000)]).toContain(row?.code);
  await atBob.picture(popup, "groups-popup");
  await popup.close();
});

test("who may only use codes is told so, and can neither edit the account nor throw it away", async () => {
  await go(bob, "#/codes");
  await bob.locator(".row .row-more").click();
  await bob.getByText(t("row.only-codes", { group: "Cloud" })).waitFor();
  await atBob.picture(bob, "groups-only-codes");
  expect(await bob.getByRole("menuitem", { name: t("row.edit") }).count()).toBe(0);
  expect(await bob.getByRole("menuitem", { name: t("row.trash") }).count()).toBe(0);
  await bob.keyboard.press("Escape");
  await bob.locator("#codes").focus();
  await bob.keyboard.press("Delete");
  await bob
    .getByText(t("row.only-codes", { group: "Cloud" }))
    .first()
    .waitFor();
  expect((await steps.drawnRows(bob)).map(({ name }) => name)).toEqual(["AWS"]);
});

test("with another role the other edits it, and what both changed comes together", async () => {
  await openCloud(alice);
  await giveRole(alice, BOB, t("groups.role.editor"));
  await openCloud(bob);
  await lookAgain(bob);
  await bob.getByText(t("groups.role-says.editor")).waitFor();
  await editAccount(bob, "account", "admin");
  await editAccount(alice, "note", "the root");
  for (const page of [alice, bob, alice]) {
    await openCloud(page);
    await lookAgain(page);
  }
  await go(alice, "#/codes");
  await alice.locator(".row", { hasText: "AWS" }).getByText("admin").waitFor();
});

async function editAccount(page: Page, field: "account" | "note", value: string): Promise<void> {
  await go(page, "#/codes");
  await page.locator(".row", { hasText: "AWS" }).locator(".row-more").click();
  await page.getByRole("menuitem", { name: t("row.edit") }).click();
  await page.getByLabel(t(`form.${field}`), { exact: true }).fill(value);
  await button(page, t("action.save")).click();
  await page.locator(".row").first().waitFor();
}

test("who is removed is out, and what they could read is listed until it is set up anew", async () => {
  await openCloud(alice);
  await giveRole(alice, BOB, t("groups.role.viewer"));
  await button(alice, t("groups.person.remove-named", { name: BOB })).click();
  await alice.getByText(tn("groups.remove-cannot", 1, { name: BOB })).waitFor();
  await atAlice.picture(alice, "groups-remove");
  await button(alice, t("groups.remove-sure", { name: BOB })).click();
  await alice.getByText(t("reenrol.title-group", { name: BOB, group: "Cloud" })).waitFor();
  await atAlice.picture(alice, "groups-reenrol");
  await alice.getByRole("checkbox", { name: /AWS/ }).check();
  await alice.getByText(t("reenrol.all-done")).waitFor();
  await alice.getByRole("link", { name: t("reenrol.open-named", { name: "AWS" }) }).click();
  await alice.getByRole("heading", { name: t("edit.title") }).waitFor();
  await openCloud(bob);
  await lookAgain(bob);
  await bob.getByText(t("groups.state.out")).waitFor();
  await button(bob, t("groups.put-away.delete")).click();
  await button(bob, t("groups.put-away.sure")).click();
  await bob.getByText(t("groups.none")).waitFor();
  await go(bob, "#/codes");
  await bob.getByText(t("codes.empty")).waitFor();
});
