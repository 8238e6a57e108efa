import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeOf } from "../server/mfa/authenticator.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { eventually } from "./eventually.ts";
import { contact, protectProfile, register } from "./steps/connect.ts";
import { readShownQr } from "./steps/read-qr.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** Somebody's second factors, on the page where they are set up and removed, at a real server. */
const { t } = wordsIn("en");
const EMAIL = "alice@example.com";

let server: TeamServer;
let browser: ExtensionBrowser;
let page: Page;

beforeAll(async () => {
  server = await startTeamServer();
  browser = await steps.launch();
  await protectProfile(browser, steps.PASSPHRASE);
  page = await browser.openExtensionPage("page.html#/teams");
  await contact(page, server.code);
  await register(page, EMAIL, steps.PASSPHRASE);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const button = (name: string) => page.getByRole("button", { name, exact: true });
const host = () => new URL(server.origin).host;
const setUp = (kind: string) => button(t("factors.set-up.named", { kind }));

test("after the first sign-in a factor is offered, and an authenticator is set up by the code that is shown", async () => {
  await page.getByText(t("factors.offer.title", { host: host() })).waitFor();
  await page.getByRole("link", { name: t("factors.access.set-up"), exact: true }).click();
  await page.getByText(t("factors.why-none")).waitFor();
  await setUp("Authenticator").click();
  const qr = page.getByRole("img", { name: t("factors.shown.qr") });
  await qr.waitFor();
  const uri = new URL((await readShownQr(qr)) ?? "");
  expect(`${uri.protocol}//${uri.host}${decodeURIComponent(uri.pathname)}`).toBe(
    `otpauth://totp/localhost:${EMAIL}`,
  );
  const secret = uri.searchParams.get("secret") ?? "";
  expect((await page.locator(".factor-secret .invitation-text").innerText()).replaceAll(" ", "")).toBe(
    secret,
  );
  const field = page.getByLabel("Code from your authenticator");
  // The keyboard is where the code is typed.
  await eventually(() => field.evaluate((input) => input === document.activeElement)).toBe(true);
  await field.fill("000000");
  await button(t("factors.set-up.prove")).click();
  await page.getByText(t("factors.refused.wrong-code")).waitFor();
  // A clock that is two minutes behind is told from a wrong code.
  await field.fill(codeOf(secret, Date.now() - 120_000));
  await button(t("factors.set-up.prove")).click();
  await page.getByText(/clock .* behind/).waitFor();
  await field.fill(codeOf(secret, Date.now()));
  await button(t("factors.set-up.prove")).click();
  await page.getByText(t("factors.set-up.then-codes")).waitFor();
  await page.getByText(t("factors.is.strong")).waitFor();
  await eventually(() =>
    button(t("factors.locked-in.codes")).evaluate((element) => element === document.activeElement),
  ).toBe(true);
});

test("recovery codes are shown once, and one that is typed back ends it", async () => {
  await button(t("factors.locked-in.codes")).click();
  const codes = page.locator(".recovery-codes li");
  await codes.first().waitFor();
  expect(await codes.count()).toBe(10);
  const downloaded = page.waitForEvent("download");
  await button(t("factors.codes.download")).click();
  const text = await (await downloaded).createReadStream();
  let saved = "";
  for await (const part of text) saved += part;
  for (const code of await codes.allInnerTexts()) expect(saved).toContain(code);
  const third = (await codes.nth(2).innerText()).replaceAll("-", " ").toLowerCase();
  await page.getByLabel("One of your recovery codes").fill(third);
  await button(t("factors.set-up.prove")).click();
  await page.getByText(t("factors.set-up.done-codes")).first().waitFor();
  expect(await codes.count()).toBe(0);
  // The keyboard goes on where it was begun.
  await eventually(() =>
    page.locator("[data-sets-up=recovery]").evaluate((element) => element === document.activeElement),
  ).toBe(true);
  await page.getByText(t("factors.is.spare")).waitFor();
});

test("a second one is kept in the vault too, and renamed", async () => {
  await setUp("Authenticator").click();
  await button(t("factors.keep.action")).click();
  await button(t("factors.keep.fill")).click();
  await button(t("factors.set-up.prove")).click();
  await page
    .getByText(t("factors.set-up.done", { name: "Authenticator 2", host: host() }))
    .first()
    .waitFor();
  await button(t("factors.rename-named", { name: "Authenticator 2" })).click();
  await page.getByLabel(t("factors.rename-label"), { exact: true }).fill("In the vault");
  await button(t("factors.rename-action")).click();
  await button(t("factors.rename-named", { name: "In the vault" })).waitFor();
});

test("in the vault alone it is warned about; the last one goes only when it is said what follows", async () => {
  await button(t("factors.remove-named", { name: "Recovery codes" })).click();
  await button(t("factors.remove-named", { name: "Recovery codes" }))
    .last()
    .click();
  await button(t("factors.rename-named", { name: "Recovery codes" })).waitFor({ state: "detached" });
  await button(t("factors.remove-named", { name: "Authenticator" })).click();
  await button(t("factors.remove-named", { name: "Authenticator" }))
    .last()
    .click();
  const warning = page.getByText(t("factors.locked-in.title", { host: host() }));
  await warning.waitFor();
  // The server's card says it once.
  await page.getByRole("link", { name: t("factors.to-teams") }).click();
  await page.getByRole("heading", { name: t("factors.access") }).waitFor();
  await warning.waitFor();
  expect(await page.getByText(t("factors.access.only-one")).count()).toBe(0);
  // Recovery codes are begun from there in one press, and once.
  await button(t("factors.locked-in.codes")).click();
  await page.locator(".recovery-codes").waitFor();
  expect(page.url()).not.toContain("set-up");
  await button(t("action.cancel")).click();
  await page.locator(".recovery-codes").waitFor({ state: "detached" });
  await page.getByRole("link", { name: t("factors.to-teams") }).click();
  await button(t("factors.locked-in.elsewhere")).click();
  await page.getByText(t("factors.access.only-one")).waitFor();
  await page.goBack();
  await button(t("factors.remove-named", { name: "In the vault" })).click();
  expect(await warning.count()).toBe(0);
  await page.getByText(t("factors.remove-last", { host: host() })).waitFor();
  await button(t("factors.remove-named", { name: "In the vault" }))
    .last()
    .click();
  await page.getByText(t("factors.why-none")).waitFor();
  await eventually(() => page.locator("section[aria-labelledby=lately] li").count()).toBeGreaterThanOrEqual(
    7,
  );
});
