import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { connectDevice, contact, openKit, protectProfile, register } from "./steps/connect.ts";
import { DAY_MS, type FactorSteps, factorSteps } from "./steps/factors.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";

/** When a second factor is asked for again at sign-in, as a server is told, in one browser and in another one. */
const EMAIL = "alice@example.com";

let server: TeamServer;
let first: ExtensionBrowser;
let second: ExtensionBrowser;
let alice: FactorSteps;
let there: FactorSteps;

beforeAll(async () => {
  server = await startTeamServer(undefined, { ask: "new-device" }, { COUNTERSIGN_BEHIND_PROXY: "yes" });
  [first, second] = await Promise.all([steps.launch(), steps.launch()]);
  for (const browser of [first, second]) await protectProfile(browser, steps.PASSPHRASE);
  const page = await first.openExtensionPage("page.html#/teams");
  page.setDefaultTimeout(10_000);
  alice = factorSteps(first, page, server, "en");
  await contact(page, server.code);
  await register(page, EMAIL, steps.PASSPHRASE);
  await alice.isIn();
  await alice.openFactors();
  await alice.setUpAuthenticator();
  await page.getByText(alice.t("factors.is.strong")).waitFor();
});
afterAll(async () => {
  await first?.close();
  await second?.close();
  await server?.stop();
});

/** Signs out and in again with the passphrase. @returns whether a second factor was asked for, which is given then */
async function isAskedAgain(who: FactorSteps, meanwhile?: () => Promise<void>): Promise<boolean> {
  await who.signOut();
  await meanwhile?.();
  await who.signIn();
  const signOut = who.button(who.t("teams.sign-out"));
  await signOut.or(who.title).first().waitFor();
  const isAsked = await who.title.isVisible();
  if (isAsked) await who.giveCode();
  await who.isIn();
  return isAsked;
}

/** From where a proxy before the server says that this page's requests come. */
async function comesFrom({ page }: FactorSteps, address: string): Promise<void> {
  await page.unrouteAll();
  await page.route("**/trpc/**", (route, request) =>
    route.continue({ headers: { ...request.headers(), "x-forwarded-for": address } }),
  );
}

test("new-device: not on the browser where it was shown, and each other one is asked once", async () => {
  expect(await isAskedAgain(alice)).toBe(false);
  const sheet = await openKit(first, alice.page, steps.PASSPHRASE);
  const kit = (await sheet.locator(".sheet-secret").textContent()) ?? "";
  await sheet.close();
  const page = await second.openExtensionPage("page.html#/teams");
  page.setDefaultTimeout(10_000);
  there = factorSteps(second, page, server, "en");
  // The same authenticator, on the same phone.
  there.nextCode = () => alice.nextCode();
  await there.button(there.t("teams.other-device-action")).click();
  await connectDevice(page, { kit, address: server.origin, email: EMAIL, passphrase: steps.PASSPHRASE });
  const ask = there.button(there.t("teams.ask.action"));
  await ask.or(there.title).first().waitFor();
  if (await ask.isVisible()) await ask.click();
  await there.title.waitFor();
  await there.giveCode();
  await there.isIn();
  expect(await isAskedAgain(there)).toBe(false);
  expect(await isAskedAgain(alice)).toBe(false);
});

test("a change of second factors asks for it, whatever the device", async () => {
  const { page, t, kinds } = alice;
  await alice.openFactors();
  await alice.setUpButton(kinds.recovery).click();
  await page.getByText(t("teams.refused.factor-needed", { host: alice.host })).waitFor();
  await alice.giveCode();
  await page.locator(".recovery-codes li").first().waitFor();
  await alice.button(t("action.cancel")).last().click();
});

test("whoever signs another device out is asked everywhere again", async () => {
  const { page, t } = alice;
  await alice.openTeams();
  await page
    .getByRole("button", { name: t("teams.sessions.end"), exact: false })
    .last()
    .click();
  await page.getByText(t("teams.sessions.ended")).first().waitFor();
  expect(await isAskedAgain(alice)).toBe(true);
  expect(await isAskedAgain(alice)).toBe(false);
});

test("after so many days, and not before", async () => {
  await server.configure({ ask: { days: 14 } });
  expect(await isAskedAgain(alice, () => server.moveClock(13.9 * DAY_MS))).toBe(false);
  expect(await isAskedAgain(alice, () => server.moveClock(0.2 * DAY_MS))).toBe(true);
  expect(await isAskedAgain(alice)).toBe(false);
});

test("new-network: in another one, and not at a provider's next address", async () => {
  await server.configure({ ask: "new-network" });
  await comesFrom(alice, "192.0.2.10");
  expect(await isAskedAgain(alice)).toBe(true);
  await comesFrom(alice, "192.0.2.77");
  expect(await isAskedAgain(alice)).toBe(false);
  await comesFrom(alice, "198.51.100.10");
  expect(await isAskedAgain(alice)).toBe(true);
  await alice.page.unrouteAll();
});

test("always, and what was remembered before is nothing", async () => {
  await server.configure({ ask: "always" });
  expect(await isAskedAgain(alice)).toBe(true);
  expect(await isAskedAgain(alice)).toBe(true);
});

test("a year later it is asked for on a known device too", async () => {
  await server.configure({ ask: "new-device" });
  expect(await isAskedAgain(alice)).toBe(true);
  expect(await isAskedAgain(alice, () => server.moveClock(364 * DAY_MS))).toBe(false);
  expect(await isAskedAgain(alice, () => server.moveClock(2 * DAY_MS))).toBe(true);
});
