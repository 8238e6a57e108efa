import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { connectDevice, openKit, protectProfile, register } from "./steps/connect.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** A real server, and two profiles of one person: registered from the first, connected by the kit from the second. */
const { t } = wordsIn("en");
const EMAIL = "alice@example.com";
const OTHER_PASSPHRASE = "alice chose other words there";

let server: TeamServer;
let first: ExtensionBrowser;
let second: ExtensionBrowser;
let page: Page;
let kit: string;

beforeAll(async () => {
  server = await startTeamServer();
  first = await steps.launch();
  await protectProfile(first, steps.PASSPHRASE);
  page = await first.openExtensionPage("page.html#/teams");
});
afterAll(async () => {
  await first?.close();
  await second?.close();
  await server?.stop();
});

const button = (on: Page, name: string) => on.getByRole("button", { name, exact: true });
const host = () => new URL(server.origin).host;

test("nothing is sent before the question about the server is answered, and a mistyped code asks nothing", async () => {
  await page.getByLabel(t("teams.code")).fill(server.code.slice(0, -1));
  await button(page, t("action.continue")).click();
  await page.getByText(t("teams.code.mistyped")).waitFor();
  const spaced = (server.code.match(/.{1,10}/g) ?? []).join("\n").toLowerCase();
  await page.getByLabel(t("teams.code")).fill(spaced);
  await button(page, t("action.continue")).click();
  await page.getByText(host(), { exact: true }).waitFor();
  expect(first.networkLog.requests).toEqual([]);
  await button(page, t("teams.ask.action")).click();
  await page.getByText(t("teams.register.title", { host: host() })).waitFor();
});

test("a code registers one person, with the passphrase of the vault", async () => {
  await register(page, EMAIL, steps.PASSPHRASE);
  await page.getByText(t("teams.server.signed-in", { email: EMAIL })).waitFor();
});

test("the kit stays asked for until it was typed back from paper, and is then on no device", async () => {
  const sheet = await openKit(first, page, steps.PASSPHRASE);
  kit = (await sheet.locator(".sheet-secret").textContent()) ?? "";
  await sheet.getByText(EMAIL).waitFor();
  await sheet.getByRole("img", { name: t("teams.kit.sheet-qr") }).waitFor();
  await sheet.close();
  await page.reload();
  await page.getByLabel(t("teams.kit.check")).fill(kit.slice(0, -1) + (kit.endsWith("A") ? "B" : "A"));
  await button(page, t("teams.kit.check-action")).click();
  await page.getByText(t("teams.kit.problem.mistyped")).waitFor();
  await page.getByLabel(t("teams.kit.check")).fill(kit.toLowerCase().replaceAll("-", " "));
  await button(page, t("teams.kit.check-action")).click();
  await page.getByText(t("teams.kit.checked")).first().waitFor();
  await page.getByText(t("teams.kit.title"), { exact: true }).waitFor({ state: "detached" });
});

test("signed out, the passphrase alone signs in again", async () => {
  await button(page, t("teams.sign-out")).click();
  await page
    .getByText(t("teams.signed-out", { host: host() }))
    .first()
    .waitFor();
  await page.getByLabel(t("teams.again.passphrase")).fill(steps.PASSPHRASE);
  await button(page, t("teams.again.action")).click();
  await page.getByText(t("teams.server.signed-in", { email: EMAIL })).waitFor();
  await page.getByText(t("teams.sessions.this")).waitFor();
});

test("a second profile is connected with the kit, and its session can be ended from the first", async () => {
  second = await steps.launch();
  await protectProfile(second, OTHER_PASSPHRASE);
  const there = await second.openExtensionPage("page.html#/teams");
  await button(there, t("teams.other-device-action")).click();
  await connectDevice(there, { kit, address: server.origin, email: EMAIL, passphrase: steps.PASSPHRASE });
  await there.getByText(t("teams.server.signed-in", { email: EMAIL })).waitFor();

  await page.reload();
  await page.getByRole("button", { name: /^End the session/ }).click();
  await page.getByText(t("teams.sessions.ended")).first().waitFor();
  await there.reload();
  // It is asked for by what it is there: not that of the vault.
  await there.getByLabel(t("teams.again.passphrase-other")).waitFor();
});
