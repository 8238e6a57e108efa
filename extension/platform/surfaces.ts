import { browser } from "./browser.ts";

/** In CSS pixels, the window's frame included. */
type WindowSize = { readonly width: number; readonly height: number };

const POPUP_SIZE: WindowSize = { width: 396, height: 600 };

/**
 * Opens one of our pages in a tab, e.g. "page.html#/backup", or brings the tab that shows it to the front. Small windows
 * of ours stay what they are.
 */
export async function openPage(path: string): Promise<void> {
  const url = browser.runtime.getURL(path);
  const base = browser.runtime.getURL(path.split("#")[0] ?? path);
  const [open] = await browser.tabs.query({ url: `${base}*`, windowType: "normal" }).catch(() => []);
  if (open?.id === undefined) {
    await browser.tabs.create({ url });
    return;
  }
  await browser.tabs.update(open.id, { active: true, url });
  if (open.windowId !== undefined) await browser.windows.update(open.windowId, { focused: true });
}

/** Opens one of our pages in a small window of its own, which survives file dialogs and lost focus as a popup doesn't. */
export async function openWindow(path: string, size: WindowSize = POPUP_SIZE): Promise<void> {
  await browser.windows.create({ type: "popup", url: browser.runtime.getURL(path), ...size });
}

/** Closes the window this page is in. Not `window.close()`, which some browsers refuse to pages they opened themselves. */
export async function closeThisWindow(): Promise<void> {
  const tab = await browser.tabs.getCurrent();
  if (tab?.id !== undefined) await browser.tabs.remove(tab.id);
}

/**
 * Opens the popup or, where the browser refuses, the same page in a small window. Call it first thing in the handler of
 * a gesture: some browsers allow it only then.
 */
export async function openPopupOrWindow(): Promise<"popup" | "window"> {
  try {
    await browser.action.openPopup();
    return "popup";
  } catch {
    if (await isPopupOpen()) return "popup";
    await openWindow("popup.html?window");
    return "window";
  }
}

/**
 * Opens the popup on a browser window, from a small window of ours that is about to close; where that fails, the same
 * page in a small window.
 *
 * @param windowId null: the browser window that the person used last
 */
export async function openPopupOver(windowId: number | null): Promise<void> {
  // A popup opens on a window that is in front and has a toolbar, which ours hasn't.
  const over = windowId ?? (await lastBrowserWindow());
  if (over !== null) await browser.windows.update(over, { focused: true }).catch(() => {});
  try {
    await browser.action.openPopup(over === null ? undefined : { windowId: over });
  } catch {
    await openWindow("popup.html?window");
  }
}

async function lastBrowserWindow(): Promise<number | null> {
  // Without the filter it would be ours. webextension-polyfill's types leave it out, and pass it on.
  const onlyNormal = { windowTypes: ["normal"] } as object;
  const last = await browser.windows.getLastFocused(onlyNormal).catch(() => null);
  return last?.id ?? null;
}

/** Whether our popup is open already; a browser that can't tell says no. */
async function isPopupOpen(): Promise<boolean> {
  // Not in webextension-polyfill's types yet; Chrome 116 and later have it.
  const runtime = browser.runtime as {
    getContexts?: (filter: { contextTypes: string[] }) => Promise<unknown[]>;
  };
  const contexts = await runtime.getContexts?.({ contextTypes: ["POPUP"] }).catch(() => []);
  return (contexts?.length ?? 0) > 0;
}
