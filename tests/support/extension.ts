import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type BrowserContext, chromium, type Page, type Worker } from "playwright-core";
import { DEFLECTING_FLAGS, QUIET_FLAGS } from "./browser-flags.ts";
import { findBrowser } from "./find-browser.ts";
import { type RequestRecorder, startRequestRecorder } from "./request-recorder.ts";
import { Targets } from "./targets.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** Where `wxt build` puts the extension. */
export const BUILT_EXTENSION = join(ROOT, ".output/chrome-mv3");

/** Fixed by the key in the manifest, wherever the folder lies. */
export const EXTENSION_ID = "ajfjjlmgpdbkgjpgmadohkkehcbigbfi";

const ORIGIN = `chrome-extension://${EXTENSION_ID}/`;

export type LaunchOptions = {
  /** The unpacked extension; by default the built one. It must carry the same key. */
  readonly extensionPath?: string;
  /** An X display, e.g. ":1", or "" for this machine's usual screen. Without one the browser runs headless. */
  readonly display?: string;
  /** What prefers-color-scheme says, in pages and in the extension; light by default. */
  readonly colorScheme?: "light" | "dark";
  /** navigator.language and Accept-Language, e.g. "zh-CN"; "en-US" by default. */
  readonly language?: string;
  /** A profile to start with and to leave behind, for tests of a restart; by default a new one that is removed. */
  readonly userDataDir?: string;
};

export type ExtensionBrowser = {
  readonly context: BrowserContext;
  readonly extensionId: string;
  readonly networkLog: RequestRecorder;
  /** Opens an address in a new tab in front. */
  openPage(url: string): Promise<Page>;
  /** Opens a page of the extension in a tab, e.g. "page.html". */
  openExtensionPage(path: string): Promise<Page>;
  /** Presses the real toolbar action on the tab of that page: activeTab is granted, the popup opens and is returned. */
  pressAction(page: Page): Promise<Page>;
  /** The popup that the extension opens or has opened by itself (action.openPopup). */
  waitForPopup(timeoutMs?: number): Promise<Page>;
  isPopupOpen(): Promise<boolean>;
  /** Stops the service worker for real; the next event for it starts a new one. */
  killWorker(): Promise<void>;
  isWorkerRunning(): Promise<boolean>;
  /** The service worker to evaluate in, started if none runs. What it returns is of no use once the worker was killed. */
  serviceWorker(): Promise<Worker>;
  /** Saves a picture to .build/pictures/<name>.png and returns its path. */
  screenshot(page: Page, name: string): Promise<string>;
  close(): Promise<void>;
};

/** Starts a real browser with the real extension. Whoever calls it closes it; throws where there is no browser. */
export async function launchExtension(options: LaunchOptions = {}): Promise<ExtensionBrowser> {
  const browser = findBrowser();
  if (browser === null) throw Error("no browser found: `node tests/support/prepare.ts` says what to do");
  const extensionPath = options.extensionPath ?? BUILT_EXTENSION;
  const profile = options.userDataDir ?? (await mkdtemp(join(tmpdir(), "countersign-profile-")));
  const networkLog = await startRequestRecorder();
  const language = options.language ?? "en-US";

  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browser.path,
    headless: options.display === undefined,
    chromiumSandbox: process.getuid?.() !== 0,
    // null: the browser's own, so that the extension's pages and popups see the same as any page.
    colorScheme: null,
    viewport: null,
    env: { ...process.env, ...(options.display && { DISPLAY: options.display }), LANGUAGE: language },
    // Whoever started this ends it (a browser whose pipe is closed ends by itself); playwright would exit the process.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    // --enable-automation stands in the way of real windows: it adds an infobar and changes how popups behave.
    ignoreDefaultArgs: ["--disable-extensions", "--enable-automation"],
    args: [
      ...QUIET_FLAGS,
      ...DEFLECTING_FLAGS,
      // Playwright talks through a pipe; the port serves the connections made later, for popups.
      "--remote-debugging-port=0",
      "--enable-unsafe-extension-debugging",
      `--proxy-server=${networkLog.proxyAddress}`,
      "--proxy-bypass-list=<-loopback>",
      `--lang=${language}`,
      `--accept-lang=${language}`,
      "--window-position=0,0",
      "--window-size=1200,860",
      ...(options.colorScheme === "dark" ? ["--force-dark-mode"] : []),
      ...(browser.kind === "chromium"
        ? [`--load-extension=${extensionPath}`, `--disable-extensions-except=${extensionPath}`]
        : []),
    ],
  });
  const cdp = await context.browser()?.newBrowserCDPSession();
  if (cdp === undefined) throw Error("the browser ended at once");
  // Branded browsers ignore --load-extension, but take an extension through the debugging pipe.
  if (browser.kind === "branded") await cdp.send("Extensions.loadUnpacked", { path: extensionPath });

  // Pressing the action of an extension that isn't there ends the browser without a word.
  const { extensions } = await cdp.send("Extensions.getExtensions");
  if (!extensions.some(({ id, enabled }) => id === EXTENSION_ID && enabled)) {
    await context.close();
    throw Error(`the browser took no extension ${EXTENSION_ID} from ${extensionPath}: has it been built?`);
  }

  const [port, path] = (await readFile(join(profile, "DevToolsActivePort"), "utf8")).trim().split("\n");
  const targets = new Targets(context, cdp, `ws://127.0.0.1:${port}${path}`);

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
      const targetId = await targets.activeTabOf(page);
      await cdp.send("Extensions.triggerAction", { id: EXTENSION_ID, targetId });
      return targets.popup(ORIGIN);
    },
    waitForPopup: (timeoutMs) => targets.popup(ORIGIN, timeoutMs),
    isPopupOpen: () => targets.isPopupOpen(ORIGIN),
    killWorker: () => targets.stopWorker(ORIGIN),
    isWorkerRunning: () => targets.isWorkerRunning(ORIGIN),
    serviceWorker: () => targets.worker(ORIGIN),
    async screenshot(page, name) {
      const folder = join(ROOT, ".build/pictures");
      await mkdir(folder, { recursive: true });
      const file = join(folder, `${name}.png`);
      await page.screenshot({ path: file });
      return file;
    },
    async close() {
      await targets.disconnect();
      await context.close();
      await networkLog.close();
      if (options.userDataDir === undefined)
        await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
