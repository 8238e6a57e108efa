import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeOf, earliestStep } from "../server/mfa/authenticator.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { contact, protectProfile, register } from "./steps/connect.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** A second factor at sign-in, and where the person's own keys are changed, in the built extension at a real server. */
const { t } = wordsIn("en");
const EMAIL = "alice@example.com";

let server: TeamServer;
let browser: ExtensionBrowser;
let page: Page;
let secret = "";
/** The step of the code that was shown last. */
let shownAt = 0;

beforeAll(async () => {
  server = await startTeamServer();
  browser = await steps.launch();
  await protectProfile(browser, steps.PASSPHRASE);
  page = await browser.openExtensionPage("page.html#/teams");
  page.setDefaultTimeout(10_000);
  await contact(page, server.code);
  await register(page, EMAIL, steps.PASSPHRASE);
  await page.getByRole("link", { name: t("factors.access.set-up"), exact: true }).click();
  await button(t("factors.set-up.named", { kind: "Authenticator" })).click();
  secret = (await page.locator(".factor-secret .invitation-text").innerText()).replaceAll(" ", "");
  await code().fill(nextCode());
  await button(t("factors.set-up.prove")).click();
  await page.getByText(t("factors.set-up.then-codes")).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const host = () => new URL(server.origin).host;
const button = (name: string) => page.getByRole("button", { name, exact: true });
const code = () => page.getByLabel("Code from your authenticator");
const title = () => page.getByRole("heading", { name: t("factors.step.title", { host: host() }) });

/** One that was not shown yet: the server takes three at any moment, each once, those before it no more. */
function nextCode(): string {
  shownAt = Math.max(earliestStep(Date.now()), shownAt + 1);
  return codeOf(secret, shownAt * 30_000);
}

async function signOutAndIn(): Promise<void> {
  await page.goto(`${page.url().split("#")[0]}#/teams`);
  await button(t("teams.sign-out")).click();
  await page.getByLabel(t("teams.again.passphrase")).fill(steps.PASSPHRASE);
  await button(t("teams.again.action")).click();
  await title().waitFor();
}

test("the passphrase leads to the step, which takes a code and nothing that opens more", async () => {
  await signOutAndIn();
  await code().fill(steps.PASSPHRASE);
  await button(t("factors.step.go-on")).click();
  await page.getByText(t("factors.refused.typed-passphrase", { host: host() })).waitFor();
  await code().fill("000000");
  await button(t("factors.step.go-on")).click();
  await page.getByText(t("factors.refused.wrong-code")).waitFor();
  await code().fill(nextCode());
  await button(t("factors.step.go-on")).click();
  await button(t("teams.sign-out")).waitFor();
  await page
    .getByText(t("teams.again.done", { host: host() }))
    .first()
    .waitFor();
  await page.getByText(t("factors.access.only-one")).waitFor();
});

test("cancelled, nothing is signed in and the form is there again with what was typed", async () => {
  await signOutAndIn();
  await button(t("action.cancel")).last().click();
  await page.getByText(t("teams.refused.factor-cancelled", { host: host() })).waitFor();
  expect(await page.getByLabel(t("teams.again.passphrase")).inputValue()).toBe(steps.PASSPHRASE);
  await button(t("teams.again.action")).click();
  await code().fill(nextCode());
  await page.keyboard.press("Enter");
  await button(t("teams.sign-out")).waitFor();
});
