import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MailServer, readMail, receiveMail } from "../server/mfa/mail-server.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { LANGUAGES } from "./axe.ts";
import { eventually } from "./eventually.ts";
import { connectDevice, contact, openKit, protectProfile, register } from "./steps/connect.ts";
import { type FactorSteps, factorSteps, HOUR_MS, moveClockOf } from "./steps/factors.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";

const EMAIL = "alice@example.com";

/** Somebody has lost their phone and asks with the kit; their other device hears of it, and stops it once. */
describe.for(LANGUAGES)("in %s", (language) => {
  let mail: MailServer;
  let server: TeamServer;
  const browsers: ExtensionBrowser[] = [];
  let here: FactorSteps;
  let there: FactorSteps;
  let kit = "";

  const open = async () => {
    const browser = await steps.launch({ language });
    browsers.push(browser);
    await protectProfile(browser, steps.PASSPHRASE);
    const page = await browser.openExtensionPage("page.html#/teams");
    page.setDefaultTimeout(15_000);
    return factorSteps(browser, page, server, language);
  };
  beforeAll(async () => {
    mail = await receiveMail({ hideSTARTTLS: true });
    server = await startTeamServer(undefined, {
      mail: { host: "127.0.0.1", port: mail.port, tls: "none", from: "codes@example.com" },
    });
    [here, there] = [await open(), await open()];
    const { page, t } = here;
    await contact(page, server.code);
    await register(page, EMAIL, steps.PASSPHRASE);
    const sheet = await openKit(here.browser, page, steps.PASSPHRASE);
    kit = (await sheet.locator(".sheet-secret").textContent()) ?? "";
    await sheet.close();
    await here.openFactors();
    await here.setUpAuthenticator();
    await page.getByText(t("factors.is.strong")).waitFor();
    there.nextCode = () => here.nextCode();
    await there.button(t("teams.other-device-action")).click();
    await connectDevice(there.page, {
      ...{ kit, address: server.origin, email: EMAIL, passphrase: steps.PASSPHRASE },
    });
    await there.title.waitFor();
    await there.giveCode();
    await there.isIn();
  });
  afterAll(async () => {
    for (const browser of browsers) await browser.close();
    await server?.stop();
    await mail?.close();
  });

  const letters = () => mail.mails.map(({ raw }) => readMail(raw).headers.get("subject") ?? "");
  const isWritten = (words: string) =>
    eventually(() => letters().some((each) => each.includes(words))).toBe(true);
  const kitField = () => here.page.getByLabel(here.t("teams.recover.kit"), { exact: true });
  const openLost = async () => {
    await here.signIn();
    await here.title.waitFor();
    await here.button(here.t("factors.step.lost-it")).click();
  };
  const ask = async () => {
    await kitField().fill(kit);
    await here.button(here.t("factors.lost.ask")).click();
    await kitField().waitFor({ state: "detached" });
  };
  const unlockAll = async () => {
    for (const { page, t } of [here, there]) {
      await page.reload();
      await page.getByLabel(t("passphrase.label"), { exact: true }).waitFor();
      await steps.unlockWith(page, steps.PASSPHRASE);
    }
  };

  test("asked for with the kit, it is announced by mail and on the other device, which stops it", async () => {
    await here.signOut();
    await openLost();
    await ask();
    await here.look("policy-reset-waits");
    await here.button(here.t("action.cancel")).last().click();
    await isWritten("are to be removed");

    const { page, t } = there;
    await there.openTeams();
    await page.getByText(t("factors.reset.title")).waitFor();
    // Once: the news leave out what has a notice of its own.
    expect(await page.getByText(t("factors.did.reset-asked")).count()).toBe(0);
    await there.look("policy-reset-announced");
    await there.button(t("factors.reset.stop")).click();
    await page.getByText(t("factors.reset.stopped")).first().waitFor();
    await page.getByText(t("factors.reset.title")).waitFor({ state: "detached" });
    await page.getByText(t("factors.did.reset-cancelled")).waitFor();
    await there.look("policy-reset-stopped");
    await isWritten("stay");
  });

  test("stopped, it begins from the start, with the whole wait", async () => {
    await server.moveClock(80 * HOUR_MS);
    for (const { browser } of [here, there]) await moveClockOf(browser, 80 * HOUR_MS);
    await unlockAll();
    await openLost();
    expect(await here.button(here.t("factors.lost.finish")).count()).toBe(0);
    await ask();
    await here.button(here.t("action.cancel")).last().click();
  });

  test("the wait over, the kit takes them all away, and the passphrase alone lets in", async () => {
    const { page, t } = here;
    await server.moveClock(73 * HOUR_MS);
    for (const { browser } of [here, there]) await moveClockOf(browser, 73 * HOUR_MS);
    await unlockAll();
    await here.signIn();
    await here.title.waitFor();
    // Up to the date, and from it on.
    const [until = ""] = t("factors.step.reset-due", { host: here.host, date: "\n" }).split("\n");
    await page.getByText(until.trim()).waitFor();
    await here.look("policy-reset-step");
    const [, since = ""] = t("factors.reset.what-due", { asked: "", due: "\n" }).split("\n");
    await there.page.getByText(since.trim()).waitFor();
    await there.look("policy-reset-due-announced");
    await here.button(t("factors.step.lost-it")).click();
    await kitField().waitFor();
    await here.look("policy-reset-due");
    await kitField().fill(kit);
    await here.button(t("factors.lost.finish")).click();
    await here.isIn();
    await page.getByText(t("factors.did.reset-by-kit")).waitFor();
    await page.getByText(t("factors.access.none")).waitFor();
    await here.look("policy-reset-done");
    await isWritten("were removed");
    await here.signOut();
    await here.signIn();
    await here.isIn();
  });

  test("a new one is set up, and the other device, signed in all the while, is asked for it", async () => {
    const { page, t } = here;
    await here.openFactors();
    await page.getByText(t("factors.why-none")).waitFor();
    await here.setUpAuthenticator();
    await page.getByText(t("factors.is.strong")).waitFor();
    await there.openTeams();
    await there.page.getByText(t("factors.step.waits", { host: there.host })).waitFor();
    await there.page.getByText(t("teams.sessions.waits")).waitFor();
    await there.look("policy-reset-other-device");
    await there.giveCode();
    await there.page.getByText(t("factors.step.waits", { host: there.host })).waitFor({ state: "detached" });
    await there.page.getByText(t("teams.sessions.this"), { exact: false }).first().waitFor();
    await there.look("policy-reset-other-device-in");
  });
});
