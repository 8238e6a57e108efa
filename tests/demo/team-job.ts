import type { Page } from "playwright-core";
import { contact, protectProfile, register } from "../e2e/steps/connect.ts";
import { fillByEnter, submit } from "../e2e/steps/fill.ts";
import { accept, inviteTo, letIn, lookAgain, makeGroup, sixWordsIn } from "../e2e/steps/groups.ts";
import type { Stage } from "../e2e/steps/stage.ts";
import { startTeamServer, type TeamServer } from "../e2e/steps/team-server.ts";
import { wordsIn } from "../e2e/words.ts";
import { type ExtensionBrowser, launchExtension } from "../support/extension.ts";
import { log } from "./log.ts";
import { setUpFactor, signInWithFactor } from "./second-factor.ts";

const { t, tn } = wordsIn("en");
const [ALICE, BOB, GROUP] = ["alice@example.com", "bob@example.com", "Cloud"];
const PASSPHRASE = "four random words of theirs";

/**
 * What a team does: a server of its own, two people with a browser each, and the account that one of them has enrolled
 * shared with the other, who signs in with it, until they are removed. The first one signs in to the server with a second
 * factor.
 *
 * @param account one that is kept in the stage's browser, as the practice site knows it
 * @returns what the site says of the code that the other one filled in
 */
export async function teamJob(stage: Stage, account: string): Promise<string> {
  const server = await log.step("A server started, with its code for the first owner", () =>
    startTeamServer(),
  );
  const bobs = await launchExtension();
  try {
    return await share(stage, bobs, { server, account });
  } finally {
    await bobs.close();
    await server.stop();
  }
}

async function share(
  stage: Stage,
  bobs: ExtensionBrowser,
  { server, account }: { readonly server: TeamServer; readonly account: string },
): Promise<string> {
  const [alice, bob] = await log.step("Two people, each with a passphrase", async () => {
    await protectProfile(stage.browser, PASSPHRASE);
    await protectProfile(bobs, PASSPHRASE);
    return [
      await stage.browser.openExtensionPage("page.html#/teams"),
      await bobs.openExtensionPage("page.html#/teams"),
    ] as const;
  });
  await log.step("The first pastes the code and registers", async () => {
    await contact(alice, server.code);
    await register(alice, ALICE, PASSPHRASE);
  });
  const authenticator = await setUpFactor(alice);
  await log.step("She makes a group", () => makeGroup(alice, GROUP));
  const words = await log.step(
    "She invites the other, who registers and accepts",
    async () => {
      const invitation = await inviteTo(alice, BOB);
      await press(alice, t("groups.code.done"));
      await contact(bob, invitation);
      await register(bob, BOB, PASSPHRASE);
      const shown = await sixWordsIn(bob, t("groups.offer.title", { group: GROUP }));
      await accept(bob, ALICE);
      return shown;
    },
    (shown) => shown,
  );
  await log.step("Both see the same six words: she lets him in", async () => {
    await alice.getByText(t("groups.accepted.title", { name: BOB })).waitFor();
    if ((await sixWordsIn(alice, BOB)) !== words) throw Error("they see different words");
    await letIn(alice, BOB, GROUP);
  });
  await log.step("She moves the account into the group", () => moveIntoGroup(alice, account));
  await log.step("It is in his list", async () => {
    await openGroup(bob);
    await lookAgain(bob);
    await bob.getByText(tn("groups.accounts", 1)).waitFor();
  });

  const signIn = await bobs.openPage(
    `${stage.site.origin}/sign-in/single?${new URLSearchParams({ account })}`,
  );
  await log.step(
    "His toolbar button and Enter: the shared code filled in",
    async () => {
      await fillByEnter(bobs, signIn, account);
      return signIn.getByLabel("Authentication code").inputValue();
    },
    (filled) => filled,
  );
  const verdict = await log.step("“Sign in” pressed", () => submit(signIn));
  log.verdict(verdict);

  await log.step("She removes him: the account to set up anew is listed", async () => {
    await openGroup(alice);
    await press(alice, t("groups.person.remove-named", { name: BOB }));
    await press(alice, t("groups.remove-sure", { name: BOB }));
    await alice.getByText(t("reenrol.title-group", { name: BOB, group: GROUP })).waitFor();
  });
  await log.step("His browser gets nothing more, and says so", async () => {
    await openGroup(bob);
    await lookAgain(bob);
    await bob.getByText(t("groups.state.out")).waitFor();
  });
  const { host } = new URL(server.origin);
  await signInWithFactor(alice, { host, passphrase: PASSPHRASE }, authenticator);
  return verdict;
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

async function openGroup(page: Page): Promise<void> {
  await page.evaluate(() => location.assign("#/teams"));
  await page.getByRole("link", { name: GROUP, exact: true }).click();
  await page.getByRole("heading", { name: GROUP, exact: true }).waitFor();
}

async function moveIntoGroup(page: Page, account: string): Promise<void> {
  await page.evaluate(() => location.assign("#/codes"));
  const row = page.locator(".row", { hasText: account });
  await row.getByRole("checkbox").click();
  await press(page, t("many.place"));
  await page.getByLabel(t("place.to")).selectOption({ label: GROUP });
  await page.getByText(tn("place.readers", 1, { group: GROUP, names: BOB })).waitFor();
  await press(page, t("place.move"));
  await row.locator(".row-group", { hasText: GROUP }).waitFor();
}
