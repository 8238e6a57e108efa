import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type PracticeSite, startPracticeSite } from "../practice-site/server.ts";
import { type ExtensionBrowser, launchExtension } from "../support/extension.ts";
import { hasXvfb, type Screen, startXvfb } from "../support/xvfb.ts";
import { eventually } from "./eventually.ts";
import * as auto from "./steps/auto-site.ts";
import { entryOf, restoreInto } from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

const { t } = wordsIn("en");

/** From the settings, a tab: the browser's tools leave its keys alone, as they don't beside a popup that is looked into. */
describe.skipIf(!hasXvfb())(
  "the browser's question about a site that fills by itself (needs xvfb, xdotool)",
  () => {
    let screen: Screen;
    let site: PracticeSite;
    let browser: ExtensionBrowser;

    beforeAll(async () => {
      screen = await startXvfb();
      site = await startPracticeSite();
    });
    beforeEach(async () => {
      browser = await launchExtension({ screen });
      const host = new URL(site.origin).host;
      await restoreInto(browser, [entryOf({ issuer: "Anchor", account: "alice", sites: [host] })], null);
    });
    afterEach(() => browser?.close());
    afterAll(async () => {
      await site?.close();
      await screen?.stop();
    });

    /** Presses our own button in the settings, and waits until the browser's question has the keys. */
    async function ask() {
      const settings = await browser.openExtensionPage("page.html#/settings");
      await screen.focusWindow();
      await settings.getByRole("button", { name: t("auto.action") }).click();
      await eventually(() => auto.wishes(browser)).toBe(1);
      await screen.dialogTookKeyboard(settings);
      return settings;
    }
    const codeIn = async () => {
      const page = await browser.openPage(`${site.origin}/sign-in/single?account=alice`);
      return () => page.getByLabel("Authentication code").inputValue();
    };

    test("answered with yes, the site is filled from then on", async () => {
      const settings = await ask();
      await browser.killWorker();
      // The question comes up with its first button, "Deny", in focus.
      await screen.pressKeys("Tab", "Return");
      await settings
        .getByText(t("auto.on", { host: new URL(site.origin).host }))
        .first()
        .waitFor();
      await eventually(() => auto.tracesOf(browser)).toEqual({
        listed: [site.origin],
        registered: ["http://127.0.0.1/*"],
        permitted: ["http://127.0.0.1/*"],
      });
      await eventually(await codeIn()).toMatch(/^\d{6}$/);
    });

    test("answered with no, nothing is left, and it says so", async () => {
      const settings = await ask();
      await screen.pressKeys("Return");
      await settings
        .getByText(t("auto.declined", { host: new URL(site.origin).host }))
        .first()
        .waitFor();
      expect(await auto.tracesOf(browser)).toEqual(auto.NO_TRACES);
      expect(await auto.wishes(browser)).toBe(0);
    });
  },
);
