import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hasXvfbForQuestions, type Screen, startXvfb } from "../support/xvfb.ts";
import { pastedText } from "./steps/clipboard.ts";
import { expectedCodes } from "./steps/expected-code.ts";
import { closePopup } from "./steps/keep.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import { enrolQuietly, keepTyped } from "./steps/type-in.ts";

/** Half a minute has to pass; a busy machine may need some more. */
const SOON_AFTER = { timeout: 60_000, interval: 1_000 };

/** Each test has a browser of its own: a permission that was given stays given. */
describe.skipIf(!hasXvfbForQuestions())(
  "clearing a copied code (needs xvfb, xdotool and Chromium 156)",
  () => {
    let screen: Screen;
    let stage: Stage;

    beforeAll(async () => {
      screen = await startXvfb();
    });
    beforeEach(async () => {
      stage = await openStage({ screen });
    });
    afterEach(() => stage?.close());
    afterAll(() => screen?.stop());

    /** Presses the switch and answers the browser's question with keys: it comes up with "Deny" in focus. */
    async function pressSwitch(answer: "allow" | "deny"): Promise<Page> {
      const settings = await stage.browser.openExtensionPage("page.html#/settings");
      await settings.getByLabel("Clear a copied code after 30 seconds").focus();
      await screen.focusWindow();
      await screen.pressKeys("space");
      await settings.waitForTimeout(1_000);
      await screen.pressKeys(...(answer === "allow" ? ["Tab", "Return"] : ["Return"]));
      return settings;
    }

    async function copyCode(page: Page): Promise<void> {
      const popup = await stage.browser.pressAction(page);
      await popup.locator(".row .code").first().waitFor();
      await popup.keyboard.press("Control+c");
      await popup.locator(".toast").waitFor();
      await closePopup(popup);
    }

    async function keepAlice(): Promise<Page> {
      const page = await stage.openSignIn("single", "alice@example.com");
      await keepTyped(
        stage.browser,
        page,
        (await enrolQuietly(stage.site, { account: "alice@example.com" })).uri,
      );
      return page;
    }

    /** What a page of ours is told by the extension API. */
    async function askApi<T>(expression: string): Promise<T> {
      const page = await stage.browser.openExtensionPage("clear-clipboard.html");
      try {
        return (await page.evaluate(expression)) as T;
      } finally {
        await page.close();
      }
    }

    test("takes the code away with the popup closed and the worker dead, and leaves no document behind", async () => {
      const settings = await pressSwitch("allow");
      await settings.getByText("Copied codes are cleared after 30 seconds.").first().waitFor();
      await settings.close();
      const page = await keepAlice();
      await copyCode(page);
      await stage.browser.killWorker();
      expect(expectedCodes(stage.site, "alice@example.com")).toContain(
        await pastedText(stage.browser.context),
      );
      await expect.poll(() => pastedText(stage.browser.context), SOON_AFTER).toBe("");
      expect(await askApi(`chrome.runtime.getContexts({ contextTypes: ["OFFSCREEN_DOCUMENT"] })`)).toEqual(
        [],
      );
    });

    test("leaves what was copied meanwhile", async () => {
      const settings = await pressSwitch("allow");
      await settings.getByText("Copied codes are cleared after 30 seconds.").first().waitFor();
      const page = await keepAlice();
      await copyCode(page);
      await page.setContent("<textarea autofocus>a letter to bob</textarea>");
      await page.bringToFront();
      await page.locator("textarea").focus();
      await page.keyboard.press("Control+a");
      await page.keyboard.press("Control+c");
      const waiting = () => askApi<object>(`chrome.storage.session.get("copied-code")`);
      expect(Object.keys(await waiting())).toEqual(["copied-code"]);
      await expect.poll(waiting, SOON_AFTER).toEqual({});
      expect(await pastedText(stage.browser.context)).toBe("a letter to bob");
    });

    test("is switched off by giving the permission back", async () => {
      const settings = await pressSwitch("allow");
      const clearing = settings.getByLabel("Clear a copied code after 30 seconds");
      await settings.getByText("Copied codes are cleared after 30 seconds.").first().waitFor();
      // As the browser's own settings do: nobody presses the switch.
      await askApi(`chrome.permissions.remove({ permissions: ["clipboardRead"] })`);
      await expect.poll(() => clearing.isChecked()).toBe(false);
      await copyCode(await keepAlice());
      expect(await askApi(`chrome.storage.session.get("copied-code")`)).toEqual({});
    });

    test("stays off after a no, says so, and a code stays on the clipboard", async () => {
      const settings = await pressSwitch("deny");
      await settings.getByText("It stays off").waitFor();
      expect(await settings.getByLabel("Clear a copied code after 30 seconds").isChecked()).toBe(false);
    });
  },
);
