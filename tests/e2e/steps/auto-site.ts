import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { type ExtensionBrowser, launchExtension } from "../../support/extension.ts";
import { withPermittedCopy } from "../../support/permitted-copy.ts";
import { eventually } from "../eventually.ts";
import { toastOf } from "./fill.ts";
import { closePopup } from "./keep.ts";

/**
 * A profile in which the browser's question for some hosts was answered with yes before: headless, nobody can answer it.
 * A permission that is given back there is asked about again, and stays open.
 */
export async function permittedProfile(
  patterns: readonly string[],
): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "countersign-permitted-profile-"));
  await withPermittedCopy(patterns, async (extensionPath) => {
    const browser = await launchExtension({ extensionPath, userDataDir: path });
    await browser.close();
  });
  return { path, remove: () => rm(path, { recursive: true, maxRetries: 5 }) };
}

/** Switches filling by itself on for the account in front, where the permission is there already. */
export async function switchOn(browser: ExtensionBrowser, page: Page): Promise<void> {
  const popup = await askToSwitchOn(browser, page);
  await popup.getByRole("button", { name: "Switch on" }).click();
  expect(await toastOf(popup)).toContain("now fills in by itself");
  await closePopup(popup);
}

/** The same up to our own question, with its button in focus. */
export async function askToSwitchOn(browser: ExtensionBrowser, page: Page): Promise<Page> {
  const popup = await browser.pressAction(page);
  await popup.locator(".row .code").first().waitFor();
  await popup
    .getByRole("button", { name: /^More for/ })
    .first()
    .click();
  await popup.getByRole("menuitem", { name: "Fill in by itself here" }).click();
  await popup.getByRole("button", { name: "Switch on" }).and(popup.locator(":focus")).waitFor();
  return popup;
}

/** Presses our own button while the browser's question stays open, and closes the popup over it, as a real question does. */
export async function pressAndDie(browser: ExtensionBrowser, popup: Page): Promise<void> {
  await popup.evaluate(() => {
    const { permissions } = (globalThis as unknown as { chrome: WorkerApi }).chrome;
    permissions.request = () => new Promise(() => {});
  });
  await popup.getByRole("button", { name: "Switch on" }).click();
  await eventually(() => wishes(browser)).toBe(1);
  await popup.close();
}

/** How many wishes to switch a site on are stored. */
export async function wishes(browser: ExtensionBrowser): Promise<number> {
  const worker = await browser.serviceWorker();
  return worker.evaluate(async () => {
    const { chrome } = globalThis as unknown as { chrome: WorkerApi };
    return Object.keys(await chrome.storage.session.get("auto-site")).length;
  });
}

/** Puts a site on the list by hand, for what takes a person long to come to. */
export async function listSite(
  browser: ExtensionBrowser,
  site: { readonly origin: string; readonly entryId: string; readonly submit: boolean },
): Promise<void> {
  const worker = await browser.serviceWorker();
  await worker.evaluate(async (added) => {
    const { local } = (globalThis as unknown as { chrome: WorkerApi }).chrome.storage;
    const { "auto-sites": sites = [] } = await local.get("auto-sites");
    await local.set({ "auto-sites": [...sites, { ...added, addedAt: Date.now() }] });
  }, site);
}

/** What there is of such sites outside the vault: on our list, registered, permitted. */
export type Traces = {
  readonly listed: string[];
  readonly registered: string[];
  readonly permitted: string[];
};

export const NO_TRACES: Traces = { listed: [], registered: [], permitted: [] };

type WorkerApi = {
  storage: {
    local: {
      get(key: string): Promise<Record<string, { origin: string; submit: boolean }[] | undefined>>;
      set(items: object): Promise<void>;
    };
    session: { get(key: string): Promise<object> };
  };
  scripting: { getRegisteredContentScripts(): Promise<{ matches: string[] }[]> };
  permissions: {
    getAll(): Promise<{ origins: string[] }>;
    remove(permissions: { origins: string[] }): Promise<boolean>;
    request(): Promise<boolean>;
  };
};

export async function tracesOf(browser: ExtensionBrowser): Promise<Traces> {
  const worker = await browser.serviceWorker();
  return worker.evaluate(async () => {
    const { chrome } = globalThis as unknown as { chrome: WorkerApi };
    const { "auto-sites": sites = [] } = await chrome.storage.local.get("auto-sites");
    const scripts = await chrome.scripting.getRegisteredContentScripts();
    const { origins } = await chrome.permissions.getAll();
    return {
      listed: sites.map(({ origin }) => origin),
      registered: scripts.flatMap(({ matches }) => matches),
      permitted: origins.sort(),
    };
  });
}

/** The origins whose forms are sent off too, as they are stored. */
export async function sentOffSites(browser: ExtensionBrowser): Promise<readonly string[]> {
  const worker = await browser.serviceWorker();
  return worker.evaluate(async () => {
    const { chrome } = globalThis as unknown as { chrome: WorkerApi };
    const { "auto-sites": sites = [] } = await chrome.storage.local.get("auto-sites");
    return sites.filter(({ submit }) => submit).map(({ origin }) => origin);
  });
}

/** Takes the permission for a host away, as the browser's own settings do: our code hears of it afterwards. */
export async function revokeOutside(browser: ExtensionBrowser, pattern: string): Promise<void> {
  const worker = await browser.serviceWorker();
  await worker.evaluate(async (origin) => {
    const { chrome } = globalThis as unknown as { chrome: WorkerApi };
    await chrome.permissions.remove({ origins: [origin] });
  }, pattern);
}

/** What our script in a page holds on to: itself, and the events that it listens for; nothing where there is none. */
export async function watcherIn(page: Page): Promise<string[]> {
  const cdp = await page.context().newCDPSession(page);
  const ids: number[] = [];
  cdp.on("Runtime.executionContextCreated", ({ context }) => {
    if (context.origin.startsWith("chrome-extension://")) ids.push(context.id);
  });
  await cdp.send("Runtime.enable");
  const found: string[][] = [];
  for (const contextId of ids) {
    const { result } = await cdp.send("Runtime.evaluate", {
      contextId,
      includeCommandLineAPI: true,
      returnByValue: true,
      expression: `[...(globalThis.__countersignWatch ? ["watching"] : []), ...Object.keys(getEventListeners(document))]`,
    });
    found.push(result.value as string[]);
  }
  await cdp.detach();
  return [...new Set(found.flat())].sort();
}

/** The same while a page is watched. */
export const WATCHER: readonly string[] = ["focusin", "focusout", "input", "visibilitychange", "watching"];
