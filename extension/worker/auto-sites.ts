import { reconcileAutoSites } from "../autofill/auto-site-scripts.ts";
import { addGrantedAutoSite } from "../autofill/auto-site-wish.ts";
import { type AutoSite, readAutoSites, watchAutoSites } from "../autofill/auto-sites.ts";
import { fillAutoSite, type OwnPage } from "../autofill/fill-by-itself.ts";
import { originPattern } from "../autofill/permission-wish.ts";
import { removeUnboundAutoSites } from "../autofill/unbound-sites.ts";
import { answerDoorbell, stopWatchersBut } from "../messaging/doorbell.ts";
import { showTick } from "../platform/badge.ts";
import { browser } from "../platform/browser.ts";
import { tabsAt } from "../platform/tabs.ts";
import { watchPolicy } from "../policy/policy.ts";
import { watchIndex } from "../vault/entries.ts";
import { watchUnlocking } from "../vault/state.ts";

/** Everything the worker does for sites that fill by themselves; to be called synchronously at its start. */
export function listenForAutoSites(): void {
  answerDoorbell(async (ringer) => ((await fillAndTick(ringer)) === "never" ? "stop" : "keep"));

  // Switched on: the popup that asked is gone by the time the browser's question is answered.
  browser.permissions.onAdded.addListener(() => void addGrantedAutoSite());
  // Taken away in the browser's own settings.
  browser.permissions.onRemoved.addListener(() => void reconcile());
  watchAutoSites((sites) => {
    void reconcile();
    watchEntriesFor(sites);
    if (sites.length > 0) void fillOpenTabs();
  });
  // What the organisation forbids or allows again takes effect in pages that are open.
  watchPolicy(() => void reconcile());
  watchUnlocking(() => void fillOpenTabs());

  void addGrantedAutoSite();
  void reconcile();
  void readAutoSites().then(watchEntriesFor);
}

function reconcile(): Promise<void> {
  return reconcileAutoSites(stopWatchersBut);
}

async function fillAndTick(page: OwnPage) {
  const outcome = await fillAutoSite(page);
  if (outcome === "filled") await showTick();
  return outcome;
}

/** What waits in open pages while the vault is locked, or before their site was switched on, is looked at once. */
async function fillOpenTabs(): Promise<void> {
  for (const { origin } of await readAutoSites()) {
    const tabs = await tabsAt(originPattern(origin)).catch(() => []);
    // The address of a tab may be old by now: the page itself says its origin before anything is filled.
    for (const { id, url } of tabs) {
      if (url !== null && URL.parse(url)?.origin === origin) {
        await fillAndTick({ tabId: id, documentId: null, origin });
      }
    }
  }
}

let isWatchingEntries = false;

/** A site may be taken from its entry anywhere: that is seen while the worker lives, or at its next start. */
function watchEntriesFor(sites: readonly AutoSite[]): void {
  if (sites.length === 0 || isWatchingEntries) return;
  isWatchingEntries = true;
  watchIndex(
    (rows) => void removeUnboundAutoSites(rows, Date.now()),
    () => {},
  );
}
