import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { formatOtpauthUri } from "../../shared/otp/otpauth-uri.ts";
import { hasXvfb, type Screen, startXvfb } from "../support/xvfb.ts";
import { eventually } from "./eventually.ts";
import { noteTracks, trackStates } from "./steps/device-tracks.ts";
import { openErrand } from "./steps/errand-window.ts";
import { makeFilm } from "./steps/film.ts";
import { shownDrafts } from "./steps/scan.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import { entryOf } from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

const { t } = wordsIn("en");
const code = formatOtpauthUri(entryOf({ issuer: "Harbour", account: "alice@example.com" }));

/** Where the keyboard goes in the browser's question about the camera, which has it from the beginning. */
const CAMERA = {
  allow: ["Tab", "Tab", "Tab", "space"],
  never: ["Tab", "Tab", "Tab", "Tab", "Tab", "space"],
  dismiss: ["Escape"],
} as const;
/** In the dialog that asks what to share, from "Cancel" on: the last pane, its one screen, "Share". */
const SCREEN = {
  share: ["Tab", "Right", "Right", "Tab", "Down", "Tab", "Tab", "Return"],
  cancel: ["Escape"],
} as const;

describe.skipIf(!hasXvfb())("the browser's own questions, answered by key (needs xvfb and xdotool)", () => {
  let screen: Screen;
  let stage: Stage;
  let film: Awaited<ReturnType<typeof makeFilm>>;

  beforeEach(async () => {
    screen = await startXvfb();
    film = await makeFilm([{ text: code, seconds: 2 }]);
    stage = await openStage({
      display: screen.display,
      flags: ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${film.path}`],
    });
  });
  afterEach(async () => {
    await stage?.close();
    await film?.remove();
    await screen?.stop();
  });

  const issuers = (page: Page) => shownDrafts(page).then((drafts) => drafts.map(({ issuer }) => issuer));
  /** Presses keys in the dialog that is about to open. */
  async function answer(page: Page, keys: readonly string[]): Promise<void> {
    await screen.dialogTookKeyboard(page);
    await screen.pressKeys(...keys);
  }

  test("the camera: dismissed, asked again, allowed; the window survives it all, the popup would not", async () => {
    const page = await stage.openEnrolment("no-code");
    await screen.focusWindow();
    const window = await openErrand(stage.browser, await stage.browser.pressAction(page), "camera");
    await window.getByText(t("live.camera-asking")).waitFor();
    await screen.focusWindow();
    expect(await stage.browser.isPopupOpen()).toBe(false);
    await answer(window, CAMERA.dismiss);
    await window.getByText(t("scan.camera-not-answered")).waitFor();
    // "Try again" has the focus.
    await noteTracks(window);
    await screen.pressKeys("Return");
    await answer(window, CAMERA.allow);
    await eventually(() => issuers(window)).toEqual(["Harbour"]);
    expect(await trackStates(window)).toEqual(["ended"]);
  });

  test("the camera: refused for good; it is said where to allow it", async () => {
    const window = await stage.browser.openExtensionPage(`page.html#/camera?at=${Date.now()}`);
    await window.getByText(t("live.camera-asking")).waitFor();
    await screen.focusWindow();
    await answer(window, CAMERA.never);
    await window.getByText(t("scan.camera-denied")).waitFor();
    await window.getByText(t("scan-next.allow-camera")).waitFor();
    // The browser says no by itself from now on.
    await screen.pressKeys("Return");
    await window.getByText(t("scan.camera-denied")).waitFor();
  });

  test("the screen: cancelled, then shared with a code on it", async () => {
    const page = await stage.openEnrolment("png", { account: "alice+screen@example.com" });
    await screen.focusWindow();
    const window = await openErrand(stage.browser, await stage.browser.pressAction(page), "screen");
    await window.getByRole("button", { name: t("live.screen-start") }).waitFor();
    await screen.focusWindow();
    await screen.placeWindow({ x: 830, y: 0, width: 450, height: 860 });
    await noteTracks(window);
    await screen.pressKeys("Return");
    await answer(window, SCREEN.cancel);
    await window.getByText(t("scan.screen-not-chosen")).waitFor();
    expect(await trackStates(window)).toEqual([]);
    await screen.pressKeys("Return");
    await answer(window, SCREEN.share);
    await eventually(() =>
      shownDrafts(window).then((drafts) => drafts.map(({ account }) => account)),
    ).toEqual(["alice+screen@example.com"]);
    expect(await trackStates(window)).toEqual(["ended"]);
  });
});
