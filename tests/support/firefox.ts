import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { findFirefox } from "./find-firefox.ts";
import { type RequestRecorder, startRequestRecorder } from "./request-recorder.ts";
import { ROOT } from "./source-files.ts";

/** Where `wxt build -b firefox` puts the extension. */
export const FIREFOX_EXTENSION = join(ROOT, ".output/firefox-mv3");

/** As wxt.config.ts says it. */
export const GECKO_ID = "{6f0c8b5e-3c51-4d0a-9d0e-6b1f0f6c2a57}";

/** What makes the origin of the extension's pages. Firefox draws one by lot for each profile; a test has to know it. */
const ORIGIN_ID = "0c0ffee0-1111-4222-8333-444455556666";

/** What the extension's own pages can ask, here as far as the tests use it. */
type ExtensionGlobal = {
  readonly browser: {
    readonly extension: { getViews(filter: { type: "popup" }): { readonly document: Document }[] };
  };
};

export type Firefox = {
  readonly browser: Browser;
  readonly networkLog: RequestRecorder;
  /** Loads the built extension as about:debugging does: until Firefox closes. */
  loadTemporarily(): Promise<void>;
  /** Removes it as a person does, from the list of add-ons. */
  remove(): Promise<void>;
  /** Opens an address in a new tab in front. */
  openPage(url: string): Promise<Page>;
  /** Opens a page of the extension in a tab and waits until it is drawn. Throws where nothing comes, as without the extension. */
  openExtensionPage(path: string): Promise<Page>;
  /** Closes Firefox, and removes its profile unless it was given. */
  close(): Promise<void>;
};

/**
 * Starts Firefox over WebDriver BiDi, without any extension; whoever calls it closes it.
 *
 * @param display an X display; without one it runs headless
 * @param profile a folder to start with and to leave behind; by default a new one that is removed
 * @param questions "yes": what an extension asks a permission for is given without anybody being asked
 * @param downloads the folder that downloads go to, without a question
 */
export async function launchFirefox({
  display,
  profile: given,
  questions,
  downloads,
}: {
  readonly display?: string;
  readonly profile?: string;
  readonly questions?: "yes";
  readonly downloads?: string;
} = {}): Promise<Firefox> {
  const found = findFirefox();
  if (found === null) throw Error("no Firefox found: `npm test` says what to do");
  const undo: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const profile = given ?? (await mkdtemp(join(tmpdir(), "countersign-firefox-")));
    if (given === undefined) undo.push(() => rm(profile, { recursive: true, maxRetries: 5 }));
    const networkLog = await startRequestRecorder();
    undo.push(networkLog.close);
    await writePreferences(profile, new URL(networkLog.proxyAddress), {
      "extensions.webextOptionalPermissionPrompts": questions !== "yes",
      ...(downloads !== undefined && { "browser.download.folderList": 2, "browser.download.dir": downloads }),
    });
    const { endpoint, ended, kill } = await start(found.path, profile, display);
    undo.push(async () => {
      // One that does not end by itself must not outlive the test.
      const timer = setTimeout(kill, 15_000);
      await ended;
      clearTimeout(timer);
    });
    const browser = await puppeteer.connect({
      browserWSEndpoint: `${endpoint}/session`,
      protocol: "webDriverBiDi",
      defaultViewport: null,
    });
    undo.push(() => browser.close());
    return {
      browser,
      networkLog,
      loadTemporarily: async () => void (await browser.installExtension(FIREFOX_EXTENSION)),
      remove: () => browser.uninstallExtension(GECKO_ID),
      async openPage(url) {
        const page = await browser.newPage();
        await page.goto(url);
        return page;
      },
      openExtensionPage: (path) => openExtensionPage(browser, path),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the popup says that the browser itself has opened, as another page of the extension sees it; null without one. */
export function popupText(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const [popup] = (globalThis as unknown as ExtensionGlobal).browser.extension.getViews({ type: "popup" });
    return popup === undefined ? null : popup.document.body.innerText;
  });
}

/** Whether the popup takes the keys: Firefox gives them to it a moment after it has drawn it. */
export function popupHasFocus(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const [popup] = (globalThis as unknown as ExtensionGlobal).browser.extension.getViews({ type: "popup" });
    return popup?.document.hasFocus() ?? false;
  });
}

/** The popup's size in CSS pixels, as Firefox laid it out. */
export function popupSize(page: Page): Promise<{ width: number; height: number } | null> {
  return page.evaluate(() => {
    const [popup] = (globalThis as unknown as ExtensionGlobal).browser.extension.getViews({ type: "popup" });
    const view = popup?.document.defaultView;
    return view ? { width: view.innerWidth, height: view.innerHeight } : null;
  });
}

async function openExtensionPage(browser: Browser, path: string): Promise<Page> {
  const page = await browser.newPage();
  // The change to the extension's process ends what puppeteer waits for: what is drawn tells that the page is there.
  void page.goto(`moz-extension://${ORIGIN_ID}/${path}`).catch(() => {});
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const isDrawn = await page
      .evaluate(() => location.protocol === "moz-extension:" && document.querySelector("#root > *") !== null)
      .catch(() => false);
    if (isDrawn) return page;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw Error(`Firefox shows no ${path} of the extension`);
}

/** Quiet, in English, with a known origin, and everything by way of the recorder. */
async function writePreferences(profile: string, proxy: URL, further: object): Promise<void> {
  const preferences = {
    ...further,
    "extensions.webextensions.uuids": JSON.stringify({ [GECKO_ID]: ORIGIN_ID }),
    // For packages that nobody has signed, where this Firefox listens to it.
    "xpinstall.signatures.required": false,
    "extensions.autoDisableScopes": 0,
    "extensions.update.enabled": false,
    // The remote agent would set these for tests by itself, and with them take the real keyboard away from the popup.
    "remote.prefs.recommended": false,
    "browser.shell.checkDefaultBrowser": false,
    "browser.aboutwelcome.enabled": false,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.tabs.warnOnClose": false,
    "datareporting.policy.dataSubmissionEnabled": false,
    "intl.locale.requested": "en-US",
    "intl.accept_languages": "en-US",
    "network.proxy.type": 1,
    "network.proxy.http": proxy.hostname,
    "network.proxy.http_port": Number(proxy.port),
    "network.proxy.ssl": proxy.hostname,
    "network.proxy.ssl_port": Number(proxy.port),
    "network.proxy.allow_hijacking_localhost": true,
    "network.proxy.no_proxies_on": "",
  };
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await mkdir(profile, { recursive: true });
  await writeFile(join(profile, "user.js"), lines.join(""));
}

async function start(
  path: string,
  profile: string,
  display: string | undefined,
): Promise<{ endpoint: string; ended: Promise<void>; kill: () => void }> {
  const args = ["--profile", profile, "--no-remote", "--remote-debugging-port", "0"];
  // From 153.8 on nobody who drives Firefox gets to a page of an extension without it.
  args.push("--remote-allow-system-access");
  if (display === undefined) args.push("--headless");
  const child = spawn(path, [...args, "about:blank"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, MOZ_CRASHREPORTER_DISABLE: "1", ...(display && { DISPLAY: display }) },
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const kill = (): void => void child.kill("SIGKILL");
  const endpoint = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      kill();
      reject(Error("Firefox did not say where to reach it"));
    }, 90_000);
    createInterface(child.stderr).on("line", (line) => {
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
    child.once("error", reject);
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(Error(`Firefox ended at once with code ${code}`));
    });
  });
  return { endpoint, ended, kill };
}
