import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PracticeSite, startPracticeSite } from "../practice-site/server.ts";
import { type ExtensionBrowser, launchExtension } from "../support/extension.ts";
import { hasXvfb, type Screen, startXvfb } from "../support/xvfb.ts";

let site: PracticeSite;

beforeAll(async () => {
  site = await startPracticeSite();
});
afterAll(() => site?.close());

/** Takes the visible page as a picture, from a page of the extension: its data URL, or what the browser said against it. */
function captureVisibleTab(page: Page): Promise<string> {
  return page.evaluate(() =>
    // Only the extension's own pages know this name; the tests are compiled without its types.
    (globalThis as unknown as { chrome: { tabs: { captureVisibleTab(): Promise<string> } } }).chrome.tabs
      .captureVisibleTab()
      .catch((error: Error) => error.message),
  );
}

describe("the built extension in a real browser", () => {
  let browser: ExtensionBrowser;

  beforeAll(async () => {
    browser = await launchExtension();
  });
  afterAll(() => browser?.close());

  test("runs under the id that its key fixes", async () => {
    const worker = await browser.serviceWorker();
    expect(worker.url()).toBe(`chrome-extension://${browser.extensionId}/background.js`);
  });

  test("may not take a picture of a page before its action is pressed", async () => {
    const page = await browser.openPage(`${site.origin}/enroll/no-code`);
    const tab = await browser.openExtensionPage("popup.html");
    await page.bringToFront();
    expect(await captureVisibleTab(tab)).toContain("permission is required");
    await tab.close();
  });

  test("may take one from its popup after its action is pressed", async () => {
    const page = await browser.openPage(`${site.origin}/enroll/png`);
    const popup = await browser.pressAction(page);
    expect(await captureVisibleTab(popup)).toMatch(/^data:image\/\w+;base64,/);
    await popup.close();
    expect(await browser.isPopupOpen()).toBe(false);
  });

  test("starts a new worker after the old one was killed", async () => {
    const worker = await browser.serviceWorker();
    await worker.evaluate(() => Object.assign(globalThis, { mark: "old" }));
    await browser.killWorker();
    expect(await browser.isWorkerRunning()).toBe(false);
    const next = await browser.serviceWorker();
    expect(await next.evaluate(() => "mark" in globalThis)).toBe(false);
  });

  test("sends no request of its own", () => {
    // The recorder sees something, so that an empty list means something.
    expect(browser.networkLog.requests.map(({ url }) => url)).toContain(`${site.origin}/enroll/png`);
    expect(browser.networkLog.requestsBeyond([site.origin])).toEqual([]);
  });

  test("would be seen if it sent one", async () => {
    const worker = await browser.serviceWorker();
    await worker.evaluate(() => fetch("https://example.com/").catch(() => null));
    const seen = browser.networkLog.requestsBeyond([site.origin]).map(({ url }) => url);
    expect(seen).toContain("https://example.com/");
  });
});

describe("a browser in the dark and in Chinese", () => {
  test("says so to the extension's popup", async () => {
    const browser = await launchExtension({ colorScheme: "dark", language: "zh-CN" });
    try {
      const popup = await browser.pressAction(await browser.openPage(`${site.origin}/`));
      const seen = await popup.evaluate(() => [
        matchMedia("(prefers-color-scheme: dark)").matches,
        navigator.language,
      ]);
      expect(seen).toEqual([true, "zh-CN"]);
    } finally {
      await browser.close();
    }
  });
});

describe.skipIf(!hasXvfb())("real keys and a real mouse (needs xvfb and xdotool)", () => {
  let screen: Screen;
  let browser: ExtensionBrowser;

  beforeAll(async () => {
    screen = await startXvfb();
    browser = await launchExtension({ screen });
  });
  afterAll(async () => {
    await browser?.close();
    await screen?.stop();
  });

  test("reach the page", async () => {
    const page = await browser.openPage(`${site.origin}/sign-in/single`);
    await screen.focusWindow();
    const box = await page.getByLabel("Authentication code").boundingBox();
    await screen.nativeClick(page, (box?.x ?? 0) + 20, (box?.y ?? 0) + 10);
    await screen.typeText("123456");
    await expect.poll(() => page.getByLabel("Authentication code").inputValue()).toBe("123456");
  });
});
