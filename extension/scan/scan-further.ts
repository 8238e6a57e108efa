import { browser } from "../platform/browser.ts";
import type { TabInfo } from "../platform/tabs.ts";
import { captureTab } from "./capture-tab.ts";
import type { Decoder } from "./decode-qr.ts";
import { type FurtherView, furtherViewSchema } from "./further-view.ts";
import type { furtherViews } from "./page/show-further.ts";
import { type PictureScan, scanPictures } from "./scan-pictures.ts";

/** A picture of one thing that was scrolled into view, and what could be seen on it. */
export type FurtherScan = { readonly view: FurtherView; readonly scan: PictureScan };

/** Chromium takes two pictures a second; asking sooner only makes it refuse (milliseconds). */
const BETWEEN_PICTURES = 520;
/** The page is out of its place meanwhile: not for longer than a few seconds. */
const MOST_VIEWS = 6;
/** Milliseconds for all of it; reading may go on after the page is back in its place. */
const TIME_LIMIT = 20_000;
/** Milliseconds for one answer of a page that is busy with itself. */
const PATIENCE_MS = 6_000;

type FurtherWorld = { readonly __countersignFurther?: ReturnType<typeof furtherViews> };

/**
 * Looks at what lies outside the view: the page is scrolled to it, a picture is taken, and the page goes back to where it
 * was. Pictures are read while the next one is taken; the first that shows a code ends the scrolling.
 *
 * @param tab one that activeTab was granted on, in front
 * @param signal ends the scrolling; the page still goes back to where it was
 * @param onView hears which view is being looked at, of how many
 */
export async function scanFurther(
  tab: TabInfo,
  decoder: Decoder,
  {
    signal,
    onView,
  }: { readonly signal: AbortSignal; readonly onView: (done: number, total: number) => void },
): Promise<FurtherScan[]> {
  const until = performance.now() + TIME_LIMIT;
  const scans: FurtherScan[] = [];
  const isOver = () =>
    signal.aborted || performance.now() > until || scans.some(({ scan }) => scan.sightings.length > 0);
  let reading: Promise<void> = Promise.resolve();
  if (!(await inject(tab.id))) return scans;
  try {
    let earliest = performance.now();
    for (let views = 1; views <= MOST_VIEWS && !isOver(); views++) {
      const view = await nextView(tab.id);
      if (view === null || isOver()) break;
      onView(view.shown, Math.min(MOST_VIEWS, view.shown + view.left));
      await new Promise((resolve) => setTimeout(resolve, earliest - performance.now()));
      const shot = await captureTab(tab, signal);
      earliest = performance.now() + BETWEEN_PICTURES;
      if (!shot.ok) break;
      reading = reading.then(async () => {
        if (isOver()) return;
        const pictures = { reading: view.reading, shot: shot.value };
        scans.push({ view, scan: await scanPictures(pictures, decoder, { until, onPicture: () => {} }) });
      });
    }
  } finally {
    await putBack(tab.id);
  }
  await reading;
  return scans;
}

function inject(tabId: number): Promise<boolean> {
  return browser.scripting
    .executeScript({ target: { tabId, frameIds: [0] }, files: ["/scroll-page.js"], injectImmediately: true })
    .then(
      () => true,
      () => false,
    );
}

async function nextView(tabId: number): Promise<FurtherView | null> {
  const answer = browser.scripting
    .executeScript({
      target: { tabId, frameIds: [0] },
      func: () => (globalThis as FurtherWorld).__countersignFurther?.next(),
    })
    .then(
      ([injection]) => injection?.result as unknown,
      () => null,
    );
  const tooLate = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  const parsed = furtherViewSchema.safeParse(await Promise.race([answer, tooLate]));
  return parsed.success ? parsed.data : null;
}

/** A page that can't be reached any more does it by itself. */
async function putBack(tabId: number): Promise<void> {
  await browser.scripting
    .executeScript({
      target: { tabId, frameIds: [0] },
      func: () => (globalThis as FurtherWorld).__countersignFurther?.end(),
    })
    .catch(() => {});
}
