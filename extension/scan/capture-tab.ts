import { err, ok, type Result } from "../../shared/result.ts";
import { browser } from "../platform/browser.ts";
import { browserNameOf } from "../platform/browser-name.ts";
import type { TabInfo } from "../platform/tabs.ts";
import { explainTabUrl, type PageKind } from "./explain-tab-url.ts";
import { dataUrlToPixels } from "./image-pixels.ts";
import type { Pixels } from "./pixels.ts";

export type CaptureFailure =
  /** The browser does not let an extension see this page. */
  | { readonly reason: "page-not-allowed"; readonly page: PageKind }
  /** The person's click that allowed the page is used up: the tab went on to another site since. */
  | { readonly reason: "no-permission" }
  | { readonly reason: "no-tab" }
  /** Another tab lies in front by now; only what is seen can be captured. */
  | { readonly reason: "tab-not-visible" }
  /** The organisation that manages this browser has switched screenshots off. */
  | { readonly reason: "forbidden-by-policy" }
  | { readonly reason: "too-many-captures" }
  | { readonly reason: "capture-failed" };

/** Chromium allows two captures a second (MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND). */
const QUOTA_PAUSE_MS = 600;
const TRIES = 4;

/**
 * Takes a picture of what the tab shows, in device pixels.
 *
 * Runs in a page of ours: the worker has no Image to decode it with.
 */
export async function captureTab(tab: TabInfo, signal: AbortSignal): Promise<Result<Pixels, CaptureFailure>> {
  const shot = await captureTabUrl(tab, signal);
  if (!shot.ok) return shot;
  const pixels = await dataUrlToPixels(shot.value);
  return pixels.ok ? pixels : err({ reason: "capture-failed" });
}

/**
 * The same as the browser gives it: a data: URL of a PNG. Chromium lets activeTab capture the browser's own pages and PDF
 * viewers too, so nothing is refused by its address beforehand; the address only explains a failure.
 */
export async function captureTabUrl(
  tab: TabInfo,
  signal: AbortSignal,
): Promise<Result<string, CaptureFailure>> {
  const before = await visibleState(tab);
  if (before !== null) return err(before);
  const shot = await capture(tab, signal);
  if (!shot.ok) return shot;
  // Not a picture of another tab that came to the front meanwhile: its codes would be kept under the wrong site.
  const after = await visibleState(tab);
  return after === null ? shot : err(after);
}

/** Null while the tab lies in front in its window. */
async function visibleState(tab: TabInfo): Promise<CaptureFailure | null> {
  const now = await browser.tabs.get(tab.id).catch(() => null);
  if (now === null) return { reason: "no-tab" };
  return now.active && now.windowId === tab.windowId ? null : { reason: "tab-not-visible" };
}

async function capture(tab: TabInfo, signal: AbortSignal): Promise<Result<string, CaptureFailure>> {
  for (let attempt = 1; ; attempt++) {
    try {
      const url = await browser.tabs.captureVisibleTab(tab.windowId, { format: "png" });
      // Firefox and some graphics drivers give an empty picture instead of an error.
      if (!url.startsWith("data:image/")) return err({ reason: "capture-failed" });
      return ok(url);
    } catch (error) {
      const failure = explainCaptureError(error instanceof Error ? error.message : String(error), tab.url);
      if (failure.reason !== "too-many-captures" || attempt === TRIES || signal.aborted) return err(failure);
      await new Promise((resolve) => setTimeout(resolve, QUOTA_PAUSE_MS));
    }
  }
}

/** Reads the browser's own words, which are all it gives, and falls back on what the address says. */
export function explainCaptureError(message: string, url: string | null): CaptureFailure {
  const page = explainTabUrl(url, browserNameOf(location.href));
  if (/MAX_CAPTURE_VISIBLE_TAB_CALLS|quota/i.test(message)) return { reason: "too-many-captures" };
  if (/screenshots? (?:has|have) been disabled|ExtensionsSettings policy|blocked by policy/i.test(message)) {
    return { reason: "forbidden-by-policy" };
  }
  if (page !== "web" && page !== "unknown") return { reason: "page-not-allowed", page };
  if (/cannot access a|cannot be scripted|gallery/i.test(message)) {
    return { reason: "page-not-allowed", page: "browser-page" };
  }
  if (/permission|cannot access contents/i.test(message)) return { reason: "no-permission" };
  if (/no (?:window|tab) with id|invalid (?:window|tab) id|no active (?:web contents|tab)/i.test(message)) {
    return { reason: "no-tab" };
  }
  return { reason: "capture-failed" };
}
