import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, test } from "vitest";
import { type PracticeSite, startPracticeSite } from "../practice-site/server.ts";
import { type ExtensionBrowser, launchExtension } from "../support/extension.ts";
import { ALL_THEMES, expectAccessible, LANGUAGES } from "./axe.ts";
import * as auto from "./steps/auto-site.ts";
import { entryOf, restoreInto } from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

let site: PracticeSite;

beforeAll(async () => {
  site = await startPracticeSite();
});
afterAll(() => site?.close());

describe.for(LANGUAGES)("in %s, axe finds nothing on", (language) => {
  const { t } = wordsIn(language);
  let profile: Awaited<ReturnType<typeof auto.permittedProfile>>;
  let browser: ExtensionBrowser;

  beforeEach(async () => {
    profile = await auto.permittedProfile(["http://127.0.0.1/*", "http://localhost/*"]);
    browser = await launchExtension({ language, userDataDir: profile.path });
    const sites = [site.origin, site.otherOrigin].map((origin) => new URL(origin).host);
    const entries = ["alice@example.com", "bob@example.com"].map((account) =>
      entryOf({ issuer: "Harbour", account, sites }),
    );
    const another = entryOf({ issuer: "GitHub", account: "alice", sites: ["github.com"] });
    await restoreInto(browser, [...entries, another], null);
  });
  afterEach(async () => {
    await browser?.close();
    await profile?.remove();
  });

  const check = (page: Page, screen: string): Promise<void> =>
    expectAccessible(browser, page, screen, language, ALL_THEMES);

  test("switching a site on, the list of such sites, and one that can't choose its account", async () => {
    const none = await browser.openExtensionPage("page.html#/settings");
    await none.getByText(t("settings.auto-empty")).scrollIntoViewIfNeeded();
    await check(none, "page-auto-sites-none");
    await none.close();

    const tab = await browser.openPage(`${site.origin}/sign-in/late?account=alice`);
    const popup = await browser.pressAction(tab);
    await popup.locator(".row-more").first().click();
    await popup.getByRole("menuitem", { name: t("row.auto-on") }).waitFor();
    await check(popup, "popup-auto-menu");
    await popup.getByRole("menuitem", { name: t("row.auto-on") }).click();
    const action = popup.getByRole("button", { name: t("auto.action") });
    await action.and(popup.locator(":focus")).waitFor();
    await check(popup, "popup-auto-question");
    await action.click();
    await popup.locator(".toast").waitFor();
    await check(popup, "popup-auto-on");
    await popup.close();

    await auto.listSite(browser, { origin: site.otherOrigin, entryId: "gone", submit: true });
    const other = await browser.openPage(`${site.otherOrigin}/sign-in/late?account=alice`);
    const undecided = await browser.pressAction(other);
    await undecided.getByText(t("auto.others", { host: new URL(site.otherOrigin).host })).waitFor();
    await check(undecided, "popup-auto-others");
    await undecided.close();

    const settings = await browser.openExtensionPage("page.html#/settings");
    await settings.getByText(t("settings.auto-others")).scrollIntoViewIfNeeded();
    await check(settings, "page-auto-sites");
    await settings.getByRole("combobox", { name: t("settings.auto-add") }).scrollIntoViewIfNeeded();
    await check(settings, "page-auto-sites-add");
  });
});
