import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension.ts";
import { ALL_THEMES, expectAccessible, LANGUAGES } from "./axe.ts";
import { contact, register } from "./steps/connect.ts";
import { lookAgain, makeGroup } from "./steps/groups.ts";
import { cutOff } from "./steps/layout.ts";
import { startTeamServer, type TeamServer } from "./steps/team-server.ts";
import * as steps from "./vault-steps.ts";
import { wordsOf } from "./words.ts";

const EMAIL = "alice@example.com";

/** A server that was put back to a backup: what its people see, and that one press brings back what it lost. */
describe.for(LANGUAGES)("in %s", (language) => {
  let server: TeamServer;
  let browser: ExtensionBrowser;
  let page: Page;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startTeamServer(), steps.launch({ language })]);
    await steps.restoreInto(browser, [steps.entryOf({ issuer: "AWS", account: "root" })], steps.PASSPHRASE);
    page = await browser.openExtensionPage("page.html#/teams");
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const go = (hash: string) => page.evaluate((to) => location.assign(to), hash);
  const check = async (screen: string) => {
    await expectAccessible(browser, page, screen, language, ALL_THEMES);
    expect.soft(await cutOff(page), screen).toEqual([]);
  };

  test("a group says what its server lost, sends it again on a press, and says that it did", async () => {
    const { t, tn } = await wordsOf(page);
    await contact(page, server.code);
    await register(page, EMAIL, steps.PASSPHRASE);
    await makeGroup(page, "Cloud");
    await lookAgain(page);
    await server.backUp();
    await go("#/codes");
    await page.getByLabel(t("row.choose", { name: "AWS" })).click();
    await button(t("many.place")).click();
    await page.getByLabel(t("place.to")).selectOption({ label: "Cloud" });
    await button(t("place.move")).click();
    await page
      .getByText(tn("place.moved-in", 1, { group: "Cloud" }))
      .first()
      .waitFor();
    await go("#/teams");
    await page.getByRole("link", { name: "Cloud", exact: true }).click();
    await lookAgain(page);
    await server.restore();
    // All sessions have ended with it.
    await button(t("groups.look")).click();
    await go("#/teams");
    await page.getByLabel(t("teams.again.passphrase")).fill(steps.PASSPHRASE);
    await button(t("teams.again.action")).click();
    await page.getByRole("link", { name: "Cloud", exact: true }).click();
    await button(t("groups.restored.action")).waitFor();
    await check("groups-restored");
    await button(t("groups.restored.action")).click();
    await button(t("groups.restored.read")).waitFor();
    await check("groups-sent-again");
    await button(t("groups.restored.read")).click();
    await button(t("groups.restored.read")).waitFor({ state: "detached" });
  });
});
