import * as z from "zod/mini";
import { browser } from "../platform/browser.ts";
import { localItem } from "../platform/local-storage.ts";
import { sessionItem } from "../platform/session-storage.ts";
import { tabsAt } from "../platform/tabs.ts";
import { readPolicy } from "../policy/policy.ts";
import { readAutoSites, removeAutoSites } from "./auto-sites.ts";
import { giveBackUnlisted } from "./other-permissions.ts";
import { isPermitted, originPattern } from "./permission-wish.ts";

const SCRIPT = "/watch-page.js";
/** What our registered scripts are called: this, and the pattern of the origin whose pages they are put into. */
const ID_PREFIX = "watch ";
const LOCK = "countersign-auto-site-scripts";

/** Origins whose open tabs have got the script, in this run of the browser. */
const watchedOrigins = sessionItem("watched-origins", z.array(z.string()));

/**
 * What is permitted for sites whose scripts are not registered, because the organisation forbids filling by itself: without
 * a script, nothing else would tell whose permission is to be given back when such a site leaves the list.
 */
const pausedPatterns = localItem("paused-auto-sites", z.array(z.string()));

/**
 * Makes what is registered, permitted and running agree with the list of sites and with the organisation's policy. The list
 * is the one truth: whoever changes it is done, and this follows in the worker, at every change, at every start (an update
 * of the extension drops registered scripts) and when the browser takes a permission away. Where the organisation forbids
 * filling by itself, sites stay listed and permitted, and no script is in any page.
 *
 * Each step may be the last of a dying worker: what tells what is still to be undone goes last.
 *
 * @param stopWatchersBut tells the scripts in open pages of all other origins to end
 */
export function reconcileAutoSites(
  stopWatchersBut: (origins: readonly string[]) => Promise<void>,
): Promise<void> {
  return navigator.locks.request(LOCK, async () => {
    const listed = await readAutoSites();
    const permitted = await Promise.all(listed.map(({ origin }) => isPermitted(origin)));
    const taken = listed.filter((_, at) => permitted[at] !== true).map(({ origin }) => origin);
    if (taken.length > 0) await removeAutoSites(taken);
    const kept = listed.map(({ origin }) => origin).filter((origin) => !taken.includes(origin));
    const keptPatterns = [...new Set(kept.map(originPattern))];
    const isForbidden = (await readPolicy()).automaticFillingForbidden;
    const origins = isForbidden ? [] : kept;
    const wanted = isForbidden ? [] : keptPatterns;

    const registered = await registeredPatterns();
    const paused = (await pausedPatterns.get()) ?? [];
    if (isForbidden) await pause([...paused, ...keptPatterns], paused);
    const leftOver = registered.filter((pattern) => !wanted.includes(pattern));
    const unneeded = [...registered, ...paused].filter((pattern) => !keptPatterns.includes(pattern));
    const watched = (await watchedOrigins.get()) ?? [];
    // Two sites of one host at different ports share a permission and a script: the pages of one may have to end alone.
    const ended = watched.filter((origin) => !origins.includes(origin));
    if (leftOver.length > 0 || ended.length > 0) await stopWatchersBut(origins);
    await giveBackUnlisted(unneeded);
    if (leftOver.length > 0) await unregister(leftOver);
    for (const pattern of wanted) if (!registered.includes(pattern)) await register(pattern);
    await pause(isForbidden ? keptPatterns : [], (await pausedPatterns.get()) ?? []);
    const started = origins.filter((origin) => !watched.includes(origin));
    await Promise.all(started.map((origin) => watchOpenTabs(originPattern(origin))));
    if (started.length > 0 || ended.length > 0) await watchedOrigins.set(origins);
  });
}

async function pause(patterns: readonly string[], before: readonly string[]): Promise<void> {
  const next = [...new Set(patterns)];
  if (next.join() === before.join()) return;
  await (next.length === 0 ? pausedPatterns.remove() : pausedPatterns.set(next));
}

async function registeredPatterns(): Promise<string[]> {
  const scripts = await browser.scripting.getRegisteredContentScripts();
  return scripts.flatMap(({ id }) => (id.startsWith(ID_PREFIX) ? [id.slice(ID_PREFIX.length)] : []));
}

async function register(pattern: string): Promise<void> {
  await browser.scripting.registerContentScripts([
    {
      id: `${ID_PREFIX}${pattern}`,
      matches: [pattern],
      js: [SCRIPT],
      allFrames: false,
      runAt: "document_idle",
      persistAcrossSessions: true,
    },
  ]);
}

async function unregister(patterns: readonly string[]): Promise<void> {
  await browser.scripting.unregisterContentScripts({
    ids: patterns.map((pattern) => `${ID_PREFIX}${pattern}`),
  });
}

/** Pages that were open before the script was registered get it now; in one that has it, it does nothing. */
async function watchOpenTabs(pattern: string): Promise<void> {
  const tabs = await tabsAt(pattern);
  await Promise.all(
    tabs.map(({ id }) =>
      browser.scripting.executeScript({ target: { tabId: id }, files: [SCRIPT] }).catch(() => {}),
    ),
  );
}
