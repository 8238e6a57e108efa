import type { Page } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { contact, protectProfile, register } from "./steps/connect.ts";
import { accept, inviteTo, letIn, makeGroup } from "./steps/groups.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** bob has lost his second factor; alice, who set the server up, takes it away, and both see that she did. */
const { t } = wordsIn("en");
const ALICE = "alice@example.com";
const BOB = "bob@example.com";

let server: TeamServer;
let atAlice: ExtensionBrowser;
let atBob: ExtensionBrowser;
let alice: Page;
let bob: Page;

beforeAll(async () => {
  [server, atAlice, atBob] = await Promise.all([startTeamServer(), steps.launch(), steps.launch()]);
  await protectProfile(atAlice, steps.PASSPHRASE);
  await protectProfile(atBob, steps.PASSPHRASE);
  alice = await atAlice.openExtensionPage("page.html#/teams");
  bob = await atBob.openExtensionPage("page.html#/teams");
  await contact(alice, server.code);
  await register(alice, ALICE, steps.PASSPHRASE);
  // Whoever takes factors away has to have one.
  await setUpAuthenticator(alice);
  await go(alice, "#/teams");
  await makeGroup(alice, "Cloud");
  const code = await inviteTo(alice, BOB);
  await button(alice, t("groups.code.done")).click();
  await contact(bob, code);
  await register(bob, BOB, steps.PASSPHRASE);
  await accept(bob, ALICE);
  await alice.getByText(t("groups.accepted.title", { name: BOB })).waitFor();
  await letIn(alice, BOB, "Cloud");
});
afterAll(async () => {
  await atAlice?.close();
  await atBob?.close();
  await server?.stop();
});

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const go = (page: Page, hash: string) => page.evaluate((to) => location.assign(to), hash);
const resetOf = (name: string) => button(alice, t("groups.person.factors-named", { name }));
const sure = (name: string) => button(alice, t("factors.person.reset-sure", { name }));
const openFactors = async (page: Page) => {
  await go(page, "#/teams");
  await page.locator("a[href^='#/factors']").first().click();
  await page.getByRole("heading", { name: new URL(server.origin).host, exact: true }).waitFor();
};
async function setUpAuthenticator(page: Page): Promise<void> {
  await openFactors(page);
  await button(page, t("factors.set-up.named", { kind: "Authenticator" })).click();
  await button(page, t("factors.keep.action")).click();
  await button(page, t("factors.keep.fill")).click();
  await button(page, t("factors.set-up.prove")).click();
  await page.getByText(t("factors.is.strong")).waitFor();
}

test("who has none is not reset, and nobody but the server's administrator is offered to", async () => {
  await alice.reload();
  await resetOf(BOB).click();
  await sure(BOB).click();
  await alice.getByText(t("factors.person.reset-none", { name: BOB })).waitFor();
  await go(bob, "#/teams");
  await bob.getByRole("link", { name: "Cloud", exact: true }).click();
  await bob.getByText(ALICE).first().waitFor();
  await bob.waitForLoadState("networkidle");
  const offered = await button(bob, t("groups.person.factors-named", { name: ALICE })).count();
  if (offered > 0) throw Error("somebody who is no administrator is offered a reset");
});

test("a reset says what it does, is done, and shows to both who did it", async () => {
  await setUpAuthenticator(bob);

  await alice.reload();
  await resetOf(BOB).click();
  await alice.getByText(t("factors.person.reset-seen", { name: BOB })).waitFor();
  await atAlice.picture(alice, "factors-reset-person");
  await sure(BOB).click();
  await alice
    .getByText(t("factors.person.reset-done", { name: BOB }))
    .first()
    .waitFor();

  await go(bob, "#/teams");
  await bob.reload();
  await bob.getByText(t("factors.did.reset-by-administrator", { by: ALICE })).waitFor();
  await bob.getByText(t("factors.offer.why")).waitFor();
  await atBob.picture(bob, "factors-reset-news");
  await button(bob, t("factors.lately.noted")).click();
  await bob.getByText(t("factors.did.reset-by-administrator", { by: ALICE })).waitFor({ state: "detached" });

  await go(alice, "#/teams");
  await alice.reload();
  await alice
    .getByText(t("factors.saw.reset-by-administrator", { by: t("factors.you"), who: BOB }))
    .waitFor();
  await button(alice, t("factors.lately.seen")).click();
  await alice
    .getByText(t("factors.lately.new", { host: new URL(server.origin).host }))
    .waitFor({ state: "detached" });
});
