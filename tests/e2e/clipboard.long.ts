import { expect, test } from "vitest";
import { hasXvfb, startXvfb } from "../support/xvfb.ts";
import { askApi, copyCode, keepAlice, pastedText, pressSwitch, SOON_AFTER } from "./steps/clipboard.ts";
import { openStage } from "./steps/stage.ts";

test.skipIf(!hasXvfb())(
  "clearing a copied code leaves what was copied meanwhile (needs xvfb and xdotool)",
  async () => {
    const screen = await startXvfb();
    const stage = await openStage({ screen });
    try {
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
    } finally {
      await stage.close();
      await screen.stop();
    }
  },
);
