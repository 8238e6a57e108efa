import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatMigrationUris } from "../support/format-migration-uris.ts";
import { expectAccessible, LANGUAGES } from "./axe.ts";
import { openErrand } from "./steps/errand-window.ts";
import { makeFilm } from "./steps/film.ts";
import { openStage, type Stage } from "./steps/stage.ts";
import * as steps from "./vault-steps.ts";
import { wordsOf } from "./words.ts";

/** The windows in which an area is drawn, and in which a camera and another window are looked at. */
describe.for(LANGUAGES)("in %s, axe finds nothing on", (language) => {
  let stage: Stage;
  let film: Awaited<ReturnType<typeof makeFilm>>;

  beforeAll(async () => {
    const accounts = Array.from({ length: 12 }, (_, at) =>
      steps.entryOf({ issuer: `Export ${at}`, account: "a" }),
    );
    const [part = ""] = formatMigrationUris(accounts, 4).uris;
    film = await makeFilm([{ text: part, seconds: 2 }]);
    stage = await openStage({
      language,
      flags: [
        "--use-fake-device-for-media-stream=device-count=2",
        `--use-file-for-fake-video-capture=${film.path}`,
        "--use-fake-ui-for-media-stream",
      ],
    });
  });
  afterAll(async () => {
    await stage?.close();
    await film?.remove();
  });

  /** Looks at a screen in each of the widths. */
  async function check(page: Page, screen: string, widths: readonly number[]): Promise<void> {
    for (const width of widths) {
      await page.setViewportSize({ width, height: 720 });
      await expectAccessible(stage.browser, page, `${screen}-${width}`, language);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  }

  test("the ways in, and choosing an area: drawing, nothing found, found, and a picture that is gone", async () => {
    const page = await stage.openEnrolment("png", { account: "alice@example.com" });
    const popup = await stage.browser.pressAction(page);
    const { t } = await wordsOf(popup);
    const area = await openErrand(stage.browser, popup, "area");
    await area.locator(".area-frame").waitFor();
    await check(area, "area", [380, 1100]);
    const box = await area.locator(".area-picture").boundingBox();
    const [x, y] = [(box?.x ?? 0) + 8, (box?.y ?? 0) + 150];
    await area.mouse.move(x, y);
    await area.mouse.down();
    await area.mouse.move(x + 120, y + 120);
    await area.mouse.up();
    await area.getByRole("alert").waitFor({ timeout: 20_000 });
    await check(area, "area-nothing", [380, 1100]);
    const frame = area.locator(".area-frame");
    await frame.focus();
    for (let presses = 0; presses < 4; presses++) await area.keyboard.press("+");
    await check(area, "area-zoomed", [1100]);
    await area.reload();
    await area.getByText(t("area.gone")).waitFor();
    await check(area, "area-gone", [380]);
  });

  test("the camera: before, with a part of an export read, and stopped for a reason", async () => {
    const page = await stage.browser.openExtensionPage("page.html#/camera");
    const { t } = await wordsOf(page);
    await check(page, "camera-idle", [380, 640]);
    await page.getByRole("button", { name: t("live.camera-start") }).click();
    await page.getByRole("button", { name: t("live.enough") }).waitFor();
    await page.locator(".live-picture polygon").waitFor();
    await check(page, "camera-part", [380, 640]);
    await page.getByRole("button", { name: t("live.enough") }).click();
    await page.locator(".draft").first().waitFor();
    await check(page, "camera-found", [640]);
    await page.getByRole("button", { name: t("action.cancel"), exact: true }).click();
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException("Permission denied", "NotAllowedError"));
    });
    await page.getByRole("button", { name: t("live.camera-start") }).click();
    await page.getByText(t("scan.camera-denied")).waitFor();
    await check(page, "camera-denied", [380, 640]);
  });

  test("another window: before, and not chosen; and what is kept at the end", async () => {
    const page = await stage.browser.openExtensionPage("page.html#/screen");
    const { t } = await wordsOf(page);
    await check(page, "screen-idle", [380, 640]);
    await page.evaluate(() => {
      navigator.mediaDevices.getDisplayMedia = () => Promise.reject(new DOMException("", "NotAllowedError"));
    });
    await page.getByRole("button", { name: t("live.screen-start") }).click();
    await page.getByText(t("scan.screen-not-chosen")).waitFor();
    await check(page, "screen-not-chosen", [640]);
    await page.close();

    const enrolment = await stage.openEnrolment("png", { account: "alice@example.com" });
    const area = await openErrand(stage.browser, await stage.browser.pressAction(enrolment), "area");
    await area.locator(".area-frame").waitFor();
    await area.keyboard.press("Enter");
    await area.locator(".draft").waitFor();
    await area.getByRole("button", { name: t("keep.action"), exact: true }).click();
    await area.getByRole("button", { name: t("protect.later") }).click();
    await area.getByRole("button", { name: t("live.another") }).waitFor();
    await check(area, "area-kept", [640]);
  });
});
