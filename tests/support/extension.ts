import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { BrowserContext, Page, Worker } from "playwright-core";
import { type LaunchOptions, launchBrowser } from "./launch-browser.ts";
import type { RequestRecorder } from "./request-recorder.ts";
import { Targets } from "./targets.ts";
import type { Screen } from "./xvfb.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** Where `wxt build` puts the extension. */
export const BUILT_EXTENSION = join(ROOT, ".output/chrome-mv3");

/** Fixed by the key in the manifest, wherever the folder lies. */
export const EXTENSION_ID = "ajfjjlmgpdbkgjpgmadohkkehcbigbfi";

const ORIGIN = `chrome-extension://${EXTENSION_ID}/`;

export type ExtensionOptions = LaunchOptions & {
  /** The unpacked extension; by default the built one. Another must carry the same key. */
  readonly extensionPath?: string;
  /** A screen of the test's own, in place of `display`. */
  readonly screen?: Screen;
};

export type ExtensionBrowser = {
  readonly context: BrowserContext;
  readonly extensionId: string;
  readonly networkLog: RequestRecorder;
  /** Opens an address in a new tab in front. */
  openPage(url: string): Promise<Page>;
  /** Opens a page of the extension in a tab, e.g. "page.html". */
  openExtensionPage(path: string): Promise<Page>;
  /**
   * Presses the real toolbar action on the tab of that page: activeTab is granted, the popup opens and is returned. On a
   * screen of the test's own it is pressed by its key.
   */
  pressAction(page: Page): Promise<Page>;
  /** The popup that the extension opens or has opened by itself (action.openPopup). */
  waitForPopup(timeoutMs?: number): Promise<Page>;
  /**
   * Lets go of a popup: one that is looked into stays open when something else takes the focus, as it would for its
   * developer. Its Page is of no more use.
   */
  letGoOf(popup: Page): Promise<void>;
  isPopupOpen(): Promise<boolean>;
  /** Stops the service worker for real; the next event for it starts a new one. */
  killWorker(): Promise<void>;
  isWorkerRunning(): Promise<boolean>;
  /** The service worker to evaluate in, started if none runs. What it returns is of no use once the worker was killed. */
  serviceWorker(): Promise<Worker>;
  /** Saves a picture to .build/pictures/<name>.png, where PICTURES is set: for people to look at. */
  picture(page: Page, name: string): Promise<void>;
  close(): Promise<void>;
};

/** Starts a real browser with the real extension; whoever calls it closes it. */
export async function launchExtension({
  extensionPath = BUILT_EXTENSION,
  screen,
  ...options
}: ExtensionOptions = {}): Promise<ExtensionBrowser> {
  const running = await launchBrowser(
    { path: extensionPath, id: EXTENSION_ID },
    screen ? { ...options, display: screen.display } : options,
  );
  const { context, cdp, networkLog } = running;
  const targets = new Targets(context, cdp, running.endpoint);

  const popup = async (timeoutMs?: number): Promise<Page> => {
    const page = await targets.popup(ORIGIN, timeoutMs);
    // Developer tools that were closed have taken the keyboard with them.
    await screen?.focusWindow();
    return page;
  };

  const openPage = async (url: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(url);
    return page;
  };

  return {
    context,
    extensionId: EXTENSION_ID,
    networkLog,
    openPage,
    openExtensionPage: (path) => openPage(new URL(path, ORIGIN).href),
    async pressAction(page) {
      await page.bringToFront();
      if (screen) {
        await screen.focusWindow();
        await screen.pressKeys("alt+shift+o");
        return popup();
      }
      const targetId = await targets.activeTabOf(page);
      await cdp.send("Extensions.triggerAction", { id: EXTENSION_ID, targetId });
      return popup();
    },
    waitForPopup: popup,
    letGoOf: (page) => targets.letGo(page),
    isPopupOpen: () => targets.isPopupOpen(ORIGIN),
    killWorker: () => targets.stopWorker(ORIGIN),
    isWorkerRunning: () => targets.isWorkerRunning(ORIGIN),
    serviceWorker: () => targets.worker(ORIGIN),
    async picture(page, name) {
      if (process.env.PICTURES === undefined) return;
      const folder = join(ROOT, ".build/pictures");
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}.png`) });
    },
    async close() {
      await targets.disconnect();
      await running.close();
    },
  };
}
