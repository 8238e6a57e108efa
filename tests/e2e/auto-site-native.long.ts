import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type PracticeSite, startPracticeSite } from "../practice-site/server.ts";
import { type ExtensionBrowser, launchExtension } from "../support/extension.ts";
import { hasXvfb, type Screen, startXvfb } from "../support/xvfb.ts";
import { eventually } from "./eventually.ts";
import * as auto from "./steps/auto-site.ts";
import { submissionsOf, toastOf } from "./steps/fill.ts";
import { entryOf, restoreInto } from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

const { t } = wordsIn("en");

/** Each test has a browser of its own: a permission that was given stays given. */
describe.skipIf(!hasXvfb())(
  "the browser's question about a site that fills by itself (needs xvfb and xdotool)",
  () => {
    let screen: Screen;
    let site: PracticeSite;
    let browser: ExtensionBrowser;
    let host: string;

    beforeAll(async () => {
      screen = await startXvfb();
      site = await startPracticeSite();
      host = new URL(site.origin).host;
    });
    beforeEach(async () => {
      browser = await launchExtension({ screen });
      await restoreInto(browser, [entryOf({ issuer: "Anchor", account: "alice", sites: [host] })], null);
    });
    afterEach(() => browser?.close());
    afterAll(async () => {
      await site?.close();
      await screen?.stop();
    });

    const openSignIn = () => browser.openPage(`${site.origin}/sign-in/single?account=alice`);

    /** Asks from the popup, which the browser's question then closes. @returns the page it was asked for */
    async function askInPopup() {
      const page = await openSignIn();
      const popup = await auto.askToSwitchOn(browser, page);
      await browser.letGoOf(popup);
      await screen.pressKeys("Return");
      await expect.poll(() => browser.isPopupOpen()).toBe(false);
      // The question comes up with its first button, "Deny", in focus.
      await page.waitForTimeout(1_000);
      const codeIn = () => page.getByLabel("Authentication code").inputValue();
      return { page, codeIn };
    }

    /** Asks from the settings, which stay. */
    async function askInSettings() {
      const settings = await browser.openExtensionPage("page.html#/settings");
      await screen.focusWindow();
      await settings.getByRole("button", { name: t("auto.action") }).click();
      await screen.dialogTookKeyboard(settings);
      return settings;
    }

    const ON = {
      listed: [] as string[],
      registered: ["http://127.0.0.1/*"],
      permitted: ["http://127.0.0.1/*"],
    };

    test("answered with yes, the open page is filled by a worker that was dead, though the popup is gone", async () => {
      const { page, codeIn } = await askInPopup();
      await browser.killWorker();
      await screen.pressKeys("Tab", "Return");
      await eventually(codeIn).toMatch(/^\d{6}$/);
      expect(await submissionsOf(page)).toBe(0);
      expect(await auto.tracesOf(browser)).toEqual({ ...ON, listed: [site.origin] });
    });

    test("answered with no, nothing is left, and the next popup says so", async () => {
      const { page, codeIn } = await askInPopup();
      await screen.pressKeys("Return");
      await page.waitForTimeout(500);
      const popup = await browser.pressAction(page);
      expect(await toastOf(popup)).toContain(t("auto.declined", { host }));
      expect(await codeIn()).toBe("");
      expect(await auto.tracesOf(browser)).toEqual(auto.NO_TRACES);
      expect(await auto.wishes(browser)).toBe(0);
    });

    test("asked in the settings and answered with yes, it is listed there, and filled from then on", async () => {
      const settings = await askInSettings();
      await screen.pressKeys("Tab", "Return");
      await settings.getByRole("button", { name: t("settings.auto-remove-named", { host }) }).waitFor();
      await eventually(() => auto.tracesOf(browser)).toEqual({ ...ON, listed: [site.origin] });
      const page = await openSignIn();
      await eventually(() => page.getByLabel("Authentication code").inputValue()).toMatch(/^\d{6}$/);
    });

    test("asked in the settings and answered with no, nothing is left, and it says so", async () => {
      const settings = await askInSettings();
      await screen.pressKeys("Return");
      await settings.getByText(t("auto.declined", { host })).first().waitFor();
      expect(await auto.tracesOf(browser)).toEqual(auto.NO_TRACES);
      expect(await auto.wishes(browser)).toBe(0);
    });
  },
);
