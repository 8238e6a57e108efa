import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hasXvfb, type Screen, startXvfb } from "../support/xvfb.ts";
import { askApi, copyCode, keepAlice, pastedText, pressSwitch, SOON_AFTER } from "./steps/clipboard.ts";
import { expectedCodes } from "./steps/expected-code.ts";
import { openStage, type Stage } from "./steps/stage.ts";

/** Each test has a browser of its own: a permission that was given stays given. */
describe.skipIf(!hasXvfb())("clearing a copied code (needs xvfb and xdotool)", () => {
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

  test("takes the code away with the popup closed and the worker dead, and leaves no document behind", async () => {
    const settings = await pressSwitch(stage, screen, "allow");
    await settings.getByText("Copied codes are cleared after 30 seconds.").first().waitFor();
    await settings.close();
    const page = await keepAlice(stage);
    await copyCode(stage, page);
    await stage.browser.killWorker();
    expect(expectedCodes(stage.site, "alice@example.com")).toContain(await pastedText(stage.browser.context));
    await expect.poll(() => pastedText(stage.browser.context), SOON_AFTER).toBe("");
    expect(
      await askApi(stage, `chrome.runtime.getContexts({ contextTypes: ["OFFSCREEN_DOCUMENT"] })`),
    ).toEqual([]);
  });

  test("leaves what was copied meanwhile", async () => {
    const settings = await pressSwitch(stage, screen, "allow");
    await settings.getByText("Copied codes are cleared after 30 seconds.").first().waitFor();
    const page = await keepAlice(stage);
    await copyCode(stage, page);
    await page.setContent("<textarea autofocus>a letter to bob</textarea>");
    await page.bringToFront();
    await page.locator("textarea").focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Control+c");
    const waiting = () => askApi<object>(stage, `chrome.storage.session.get("copied-code")`);
    expect(Object.keys(await waiting())).toEqual(["copied-code"]);
    await expect.poll(waiting, SOON_AFTER).toEqual({});
    expect(await pastedText(stage.browser.context)).toBe("a letter to bob");
  });

  test("is switched off by giving the permission back", async () => {
    const settings = await pressSwitch(stage, screen, "allow");
    const clearing = settings.getByLabel("Clear a copied code after 30 seconds");
    await settings.getByText("Copied codes are cleared after 30 seconds.").first().waitFor();
    // As the browser's own settings do: nobody presses the switch.
    await askApi(stage, `chrome.permissions.remove({ permissions: ["clipboardRead"] })`);
    await expect.poll(() => clearing.isChecked()).toBe(false);
    await copyCode(stage, await keepAlice(stage));
    expect(await askApi(stage, `chrome.storage.session.get("copied-code")`)).toEqual({});
  });

  test("stays off after a no, says so, and a code stays on the clipboard", async () => {
    const settings = await pressSwitch(stage, screen, "deny");
    await settings.getByText("It stays off").waitFor();
    expect(await settings.getByLabel("Clear a copied code after 30 seconds").isChecked()).toBe(false);
  });
});
