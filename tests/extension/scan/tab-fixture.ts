import type { PageElement, PageReading } from "../../../extension/scan/page-reading.ts";
import { type ScanTarget, scanTab } from "../../../extension/scan/scan-tab.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";
import { sheet } from "./qr-picture.ts";

export const TAB = { id: 7, windowId: 3, url: "https://example.com/mfa" };
export const NO_SIGNAL = new AbortController().signal;

type Shown = Parameters<typeof sheet>[2];

/** The tab shows these pictures on a page of 800 by 550 CSS pixels, drawn at two device pixels each. */
export function tabShows(shown: Shown, ground?: string): void {
  fakeApi.answer("tabs.captureVisibleTab", () => sheet(1600, 1100, shown, ground).toDataURL());
}

export function pageHas(elements: readonly Partial<PageElement>[]): void {
  const reading: PageReading = {
    viewport: { width: 800, height: 550, devicePixelRatio: 2 },
    elements: elements.map((element) => ({
      kind: "img",
      box: { x: 0, y: 0, width: 100, height: 100 },
      isVisible: true,
      content: null,
      frameUrl: null,
      ...element,
    })),
    isComplete: true,
  };
  fakeApi.answer("scripting.executeScript", () => [{ frameId: 0, result: reading }]);
}

export function scan(options: { target?: ScanTarget; signal?: AbortSignal; url?: string } = {}) {
  const { url = TAB.url, signal = NO_SIGNAL, ...rest } = options;
  return scanTab({ tab: { ...TAB, url }, signal, ...rest });
}

export function accountsOf(outcome: Awaited<ReturnType<typeof scan>>): string[] {
  if (outcome.kind !== "found") throw new Error(outcome.why.reason);
  return outcome.found.flatMap(({ payload }) =>
    payload.kind === "entries" ? payload.drafts.map(({ account }) => account) : [],
  );
}

/** The tab lies in front, and there is nothing on it. */
export function emptyTab(): void {
  fakeApi.answer("tabs.get", () => ({ id: 7, windowId: 3, active: true }));
  tabShows([]);
  pageHas([]);
}
