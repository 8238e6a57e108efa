import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, type CDPSession, chromium } from "playwright-core";
import { DEFLECTING_FLAGS, QUIET_FLAGS } from "./browser-flags.ts";
import { type FoundBrowser, findBrowser } from "./find-browser.ts";
import { type RequestRecorder, startRequestRecorder } from "./request-recorder.ts";

export type LaunchOptions = {
  /** An X display, e.g. ":1", or "" for this machine's usual screen. Without one the browser runs headless. */
  readonly display?: string;
  /** What prefers-color-scheme says, in pages and in the extension; light by default. */
  readonly colorScheme?: "light" | "dark";
  /** Device pixels per CSS pixel of a headless browser's screen; 1 by default. */
  readonly scale?: number;
  /** navigator.language and Accept-Language, e.g. "zh-CN"; "en-US" by default. */
  readonly language?: string;
  /** A profile to start with and to leave behind, for tests of a restart; by default a new one that is removed. */
  readonly userDataDir?: string;
  /** Further switches of the browser, e.g. for a camera that shows a film. */
  readonly flags?: readonly string[];
};

/** A browser that runs, with an unpacked extension in it. */
export type RunningBrowser = {
  readonly context: BrowserContext;
  /** The debugging protocol's session of the browser as a whole. */
  readonly cdp: CDPSession;
  /** Where further connections to the same browser are made. */
  readonly endpoint: string;
  readonly networkLog: RequestRecorder;
  close(): Promise<void>;
};

/**
 * Starts a real browser with the unpacked extension of that folder and id. Throws, with nothing left behind, where there
 * is no browser or where it doesn't take the extension.
 */
export async function launchBrowser(
  extension: { readonly path: string; readonly id: string },
  options: LaunchOptions,
): Promise<RunningBrowser> {
  const browser = findBrowser();
  if (browser === null) throw Error("no browser found: `npm test` says what to do");
  const undo: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const profile = options.userDataDir ?? (await mkdtemp(join(tmpdir(), "countersign-profile-")));
    if (options.userDataDir === undefined) undo.push(() => rm(profile, { recursive: true, maxRetries: 5 }));
    const networkLog = await startRequestRecorder();
    undo.push(networkLog.close);
    const context = await start(browser, profile, extension.path, networkLog.proxyAddress, options);
    undo.push(() => context.close());
    const cdp = await context.browser()?.newBrowserCDPSession();
    if (cdp === undefined) throw Error("the browser ended at once");
    // Branded browsers ignore --load-extension, but take an extension through the debugging pipe.
    if (browser.kind === "branded") await cdp.send("Extensions.loadUnpacked", { path: extension.path });

    // Pressing the action of an extension that isn't there ends the browser without a word.
    const { extensions } = await cdp.send("Extensions.getExtensions");
    if (!extensions.some(({ id, enabled }) => id === extension.id && enabled)) {
      throw Error(`the browser took no extension ${extension.id} from ${extension.path}: has it been built?`);
    }
    const [port, path] = (await readFile(join(profile, "DevToolsActivePort"), "utf8")).trim().split("\n");
    return { context, cdp, endpoint: `ws://127.0.0.1:${port}${path}`, networkLog, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function start(
  browser: FoundBrowser,
  profile: string,
  extensionPath: string,
  proxyAddress: string,
  options: LaunchOptions,
): Promise<BrowserContext> {
  const language = options.language ?? "en-US";
  return chromium.launchPersistentContext(profile, {
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
      `--proxy-server=${proxyAddress}`,
      "--proxy-bypass-list=<-loopback>",
      `--lang=${language}`,
      `--accept-lang=${language}`,
      "--window-position=0,0",
      "--window-size=1200,860",
      ...(options.colorScheme === "dark" ? ["--force-dark-mode"] : []),
      ...(options.scale === undefined ? [] : [`--screen-info={2800x2000 devicePixelRatio=${options.scale}}`]),
      ...(browser.kind === "chromium"
        ? [`--load-extension=${extensionPath}`, `--disable-extensions-except=${extensionPath}`]
        : []),
      ...(options.flags ?? []),
    ],
  });
}
