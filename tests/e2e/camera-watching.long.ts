import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { formatOtpauthUri } from "../../shared/otp/otpauth-uri.ts";
import type { ExtensionBrowser } from "../support/extension.ts";
import { formatMigrationUris } from "../support/format-migration-uris.ts";
import { eventually } from "./eventually.ts";
import {
  closeCameras,
  issuersIn,
  launchWith,
  launchWithFilm,
  openStill,
  startCamera,
} from "./steps/camera.ts";
import { trackStates } from "./steps/device-tracks.ts";
import * as steps from "./vault-steps.ts";
import { wordsIn } from "./words.ts";

/** A camera that is left running for a while, and what switches it off. */
const { t, tn } = wordsIn("en");
const alice = steps.entryOf({ issuer: "Harbour", account: "alice@example.com" });
const code = formatOtpauthUri(alice);
const outlines = (page: Page, shape: string) => page.locator(`.live-picture ${shape}`).count();

afterEach(closeCameras);

describe("a code before the camera", () => {
  test("that is no account is outlined and named, and the looking goes on to one that is", async () => {
    const browser = await launchWithFilm([
      { text: "https://www.example.com/app", seconds: 6 },
      { text: code, seconds: 6 },
    ]);
    const page = await openStill(browser);
    await startCamera(page);
    await page.getByText(t("scan.web-link")).waitFor();
    expect(await trackStates(page)).toEqual(["live"]);
    await eventually(() => outlines(page, "polygon")).toBe(1);
    await eventually(() => issuersIn(page)).toEqual(["Harbour"]);
    expect(await trackStates(page)).toEqual(["ended"]);
  });

  test("of several of one export: all are collected without leaving, and what is missing is named", async () => {
    const accounts = Array.from({ length: 25 }, (_, at) =>
      steps.entryOf({ issuer: `Export ${at}`, account: "a" }),
    );
    const { uris } = formatMigrationUris(accounts, 815);
    const [first = "", second = "", third = ""] = uris;
    const browser = await launchWithFilm(
      [second, third, first].flatMap((text) => [
        { text, seconds: 5 },
        { text: null, seconds: 1 },
      ]),
    );
    const page = await openStill(browser);
    await startCamera(page);
    await page.getByText(/1 of 3 codes of this export/).waitFor();
    await page.getByText(/2 of 3 codes of this export/).waitFor({ timeout: 30_000 });
    expect(await trackStates(page)).toEqual(["live"]);
    await page.getByText(tn("review.found", 25)).first().waitFor({ timeout: 30_000 });
    expect(await trackStates(page)).toEqual(["ended"]);
    expect(await issuersIn(page)).toHaveLength(25);
  });
});

describe("the camera is switched off at once", () => {
  async function watching(): Promise<{ browser: ExtensionBrowser; page: Page }> {
    const browser = await launchWithFilm([{ text: null, seconds: 2 }]);
    await steps.restoreInto(browser, [alice], steps.PASSPHRASE);
    const page = await openStill(browser);
    await startCamera(page);
    await eventually(() => trackStates(page)).toEqual(["live"]);
    await page.getByRole("button", { name: t("live.stop") }).waitFor();
    return { browser, page };
  }

  test("by the button, by another section, by the lock, and out of sight", async () => {
    const { browser, page } = await watching();
    // The button has the focus already.
    await page.keyboard.press("Enter");
    await eventually(() => trackStates(page)).toEqual(["ended"]);

    await page.keyboard.press("Enter");
    await eventually(() => trackStates(page)).toEqual(["ended", "live"]);
    await page.evaluate(() => location.assign("#/settings"));
    await eventually(() => trackStates(page)).toEqual(["ended", "ended"]);

    await page.evaluate(() => location.assign("#/camera"));
    await startCamera(page);
    await eventually(() => trackStates(page).then((states) => states.at(-1))).toBe("live");
    await coverUp(page, "hidden");
    await eventually(() => trackStates(page).then((states) => states.at(-1))).toBe("ended");
    await coverUp(page, "visible");
    await page.getByText(t("scan.camera-out-of-sight")).waitFor();
    await page.getByText(t("scan-next.keep-in-sight")).waitFor();

    await page.getByRole("button", { name: t("scan-next.try-again") }).click();
    await eventually(() => trackStates(page).then((states) => states.at(-1))).toBe("live");
    const worker = await browser.serviceWorker();
    await worker.evaluate(() =>
      (
        globalThis as unknown as { chrome: { storage: { session: { remove(key: string): Promise<void> } } } }
      ).chrome.storage.session.remove("vault-key"),
    );
    await page.getByLabel(t("passphrase.label"), { exact: true }).waitFor();
    expect(await trackStates(page).then((states) => states.at(-1))).toBe("ended");
  });
});

/** A browser that is driven counts all its pages as seen, whatever lies over them: it is told to the page instead. */
function coverUp(page: Page, state: "hidden" | "visible"): Promise<void> {
  return page.evaluate((name) => {
    Object.defineProperty(document, "hidden", { configurable: true, value: name === "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

describe("no camera", () => {
  test("a computer without one: said, with what to do", async () => {
    const browser = await launchWith(["--use-fake-device-for-media-stream=device-count=0"]);
    const page = await openStill(browser);
    await startCamera(page);
    await page.getByText(t("scan.no-camera")).waitFor();
    await page.getByText(t("scan-next.connect-camera")).waitFor();
    await page.getByRole("button", { name: t("scan-next.open-image") }).click();
    await page.locator(".drop").waitFor();
  });

  test("a window that was loaded again switches none on by itself", async () => {
    const browser = await launchWithFilm([{ text: null, seconds: 1 }]);
    const page = await browser.openExtensionPage(`page.html#/camera?at=${Date.now() - 61_000}`);
    await page.getByRole("button", { name: t("live.camera-start") }).waitFor();
    expect(await page.locator("video").count()).toBe(0);
  });
});
