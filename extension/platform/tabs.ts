import { browser } from "./browser.ts";

/** A tab as the rooms know it. The address is null where the browser keeps it from us (no activeTab on it yet). */
export interface TabInfo {
  readonly id: number;
  readonly windowId: number;
  readonly url: string | null;
}

/** The tab in front of the person, or null where there is none (a window without tabs). */
export async function activeTab(): Promise<TabInfo | null> {
  // The window the popup belongs to; which window was focused last some versions forget while a popup is open.
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab ? tabToInfo(tab) : null;
}

/** The tab with this id, or null where it was closed. */
export async function tabById(tabId: number): Promise<TabInfo | null> {
  const tab = await browser.tabs.get(tabId).catch(() => null);
  return tab ? tabToInfo(tab) : null;
}

/** The tabs whose pages match a pattern of addresses, as far as the browser tells us theirs. */
export async function tabsAt(pattern: string): Promise<TabInfo[]> {
  const tabs = await browser.tabs.query({ url: pattern });
  return tabs.flatMap((tab) => tabToInfo(tab) ?? []);
}

/** Reads what we use from the browser's own description of a tab. */
export function tabToInfo(tab: {
  id?: number | undefined;
  windowId?: number | undefined;
  url?: string | undefined;
}): TabInfo | null {
  if (tab.id === undefined || tab.windowId === undefined) return null;
  return { id: tab.id, windowId: tab.windowId, url: tab.url ?? null };
}
