import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addAuthenticator } from "../support/virtual-passkeys.ts";
import { hasXvfb, type Screen, startXvfb } from "../support/xvfb.ts";
import { eventually } from "./eventually.ts";
import { addPasskey } from "./passkey-steps.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

const { t } = wordsIn("en");

describe.skipIf(!hasXvfb())("the browser's own dialog, in a real window (needs xvfb and xdotool)", () => {
  let screen: Screen;
  let stage: Stage;

  beforeAll(async () => {
    screen = await startXvfb();
    stage = await openStage({ display: screen.display });
    const entry = steps.entryOf({ issuer: "Harbour", account: "alice@example.com" });
    await steps.restoreInto(stage.browser, [entry], steps.PASSPHRASE);
    // The device of this tab alone; the window of the test is left to the browser's real dialog.
    const page = await stage.browser.openExtensionPage("page.html#/settings");
    await addAuthenticator(page);
    await addPasskey(page, "alice’s finger");
  });
  afterAll(async () => {
    await stage?.close();
    await screen?.stop();
  });

  /** Presses Escape until the dialog has gone; it may still be opening. */
  async function dismiss(small: Page): Promise<void> {
    await small.getByRole("button", { name: t("passkey.asking") }).waitFor();
    await screen.focusWindow();
    const refused = small.getByText(t("passkey.refused.cancelled"));
    await eventually(async () => {
      if (await refused.isVisible()) return true;
      await screen.pressKeys("Escape");
      return refused.isVisible();
    }).toBe(true);
  }

  test("Escape dismisses it; the small window says so, can ask again, and takes the passphrase", async () => {
    const page = await stage.browser.openPage(`${stage.site.origin}/enroll/no-code`);
    await screen.focusWindow();
    const popup = await stage.browser.pressAction(page);
    await popup.locator(".row").first().waitFor();
    await popup.keyboard.press("Alt+l");
    const [small] = await Promise.all([
      stage.browser.context.waitForEvent("page"),
      popup.getByRole("button", { name: t("passkey.unlock") }).click(),
    ]);
    await dismiss(small);
    expect(small.isClosed()).toBe(false);
    await small.getByRole("button", { name: t("passkey.again") }).click();
    await dismiss(small);
    await steps.unlockWith(small, steps.PASSPHRASE);
    const again = await stage.browser.waitForPopup(30_000);
    await again.locator("[data-code]").first().waitFor();
  });
});
