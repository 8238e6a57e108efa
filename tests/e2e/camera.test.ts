import { afterEach, describe, expect, test } from "vitest";
import { formatOtpauthUri } from "../../shared/otp/otpauth-uri.ts";
import { thoroughTest } from "../support/thorough.ts";
import { eventually } from "./eventually.ts";
import { closeCameras, issuersIn, launchWithFilm, openStill, startCamera } from "./steps/camera.ts";
import { trackStates } from "./steps/device-tracks.ts";
import { openErrand } from "./steps/errand-window.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** The camera, played by a film that the browser shows in its place. What it asks of the person is in prompts-native. */
const { t } = wordsIn("en");
const alice = steps.entryOf({ issuer: "Harbour", account: "alice@example.com" });
const code = formatOtpauthUri(alice);

afterEach(closeCameras);

describe("a code before the camera", () => {
  test("is found by itself from the popup on, the camera is off at once, and the account is kept by keyboard", async () => {
    const browser = await launchWithFilm([
      { text: null, seconds: 1 },
      { text: code, seconds: 3 },
    ]);
    const window = await openErrand(browser, await steps.openPopupTab(browser), "camera");
    await eventually(() => issuersIn(window)).toEqual(["Harbour"]);
    expect(await window.locator("video").count()).toBe(0);
    await window.keyboard.press("Enter");
    await window.getByRole("button", { name: t("protect.later") }).click();
    await window
      .getByText(t("keep.done", { name: "Harbour" }))
      .first()
      .waitFor();
    const closed = window.waitForEvent("close");
    await window.keyboard.press("Enter").catch(() => {});
    await closed;
  });

  thoroughTest("leaves no track alive, and none comes back by itself", async () => {
    const browser = await launchWithFilm([{ text: code, seconds: 2 }]);
    const page = await openStill(browser);
    await startCamera(page);
    await eventually(() => issuersIn(page)).toEqual(["Harbour"]);
    expect(await trackStates(page)).toEqual(["ended"]);
    // Cancelled, the section waits; it does not begin again by itself.
    await page.getByRole("button", { name: t("action.cancel"), exact: true }).click();
    await page.getByRole("button", { name: t("live.camera-start") }).waitFor();
    expect(await trackStates(page)).toEqual(["ended"]);
  });
});
