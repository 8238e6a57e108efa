import { siteOfUrl } from "../../shared/site.ts";
import type { TabInfo } from "../platform/tabs.ts";
import { captureTab } from "./capture-tab.ts";
import { openDecoder } from "./decode-qr.ts";
import { dataUrlToPixels } from "./image-pixels.ts";
import type { PageReading } from "./page-reading.ts";
import type { Box } from "./pixels.ts";
import { readPageInTab } from "./read-page-in-tab.ts";
import { scanFurther } from "./scan-further.ts";
import { outcomeOf, type ScanFailure, type ScanOutcome, type Sighting } from "./scan-outcome.ts";
import { type PictureSighting, scanPictures, smallestAround } from "./scan-pictures.ts";

/** What the person pointed at when they asked from the context menu, as the browser reports it. */
export type ScanTarget = {
  /** The frame they clicked in; null for the top document. The address is the browser's word, not the page's. */
  readonly frame: { readonly id: number; readonly url: string } | null;
  /** The address of the picture they clicked; null for anything else. */
  readonly imageUrl: string | null;
};

/** How far the scan has come: first the page is looked at, then its pictures are read one by one. */
export type ScanProgress =
  | { readonly stage: "looking" }
  | { readonly stage: "reading"; readonly done: number; readonly total: number }
  /** Nothing was in view: the page is scrolled to what lies further away. */
  | { readonly stage: "further"; readonly done: number; readonly total: number };

/** Milliseconds after which a scan ends with what it has. */
const TIME_LIMIT = 15_000;

/** After these there may be a code elsewhere on the page; what else went wrong would go wrong there too. */
const GOES_FURTHER: ReadonlySet<ScanFailure["reason"]> = new Set([
  "nothing-found",
  "code-unreadable",
  "image-too-small",
  "not-otp",
  "timed-out",
]);

const WHOLE_PAGE: ScanTarget = { frame: null, imageUrl: null };

/**
 * Reads the QR codes that a tab shows. Nothing is fetched, and the page is left as it was; where nothing is found in view
 * and something may lie outside it, the page is scrolled there and back.
 *
 * Runs in a page of ours (popup or window), never in the worker: pictures are drawn and a worker is started.
 *
 * @param tab one that activeTab was granted on
 * @param signal ends the scan; the outcome is then "stopped"
 */
export async function scanTab({
  tab,
  target = WHOLE_PAGE,
  signal,
  onProgress = () => {},
}: {
  readonly tab: TabInfo;
  readonly target?: ScanTarget;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ScanProgress) => void;
}): Promise<ScanOutcome> {
  const until = performance.now() + TIME_LIMIT;
  const decoder = openDecoder({ signal });
  try {
    const clicked = await readClickedImage(target, tab, decoder, until);
    if (clicked !== null) return clicked;
    onProgress({ stage: "looking" });
    const frameId = target.frame?.id ?? 0;
    const [shot, top, inner] = await Promise.all([
      captureTab(tab, signal),
      readPageInTab(tab.id, 0),
      frameId === 0 ? null : readPageInTab(tab.id, frameId),
    ]);
    const reading = withInner(top, inner);
    const scan = await scanPictures({ reading, shot: shot.ok ? shot.value : null }, decoder, {
      until,
      onPicture: (done, total) => onProgress({ stage: "reading", done, total }),
    });
    const sightings = scan.sightings.map((sighting) => withSite(sighting, { tab, target, reading }));
    const outcome = outcomeOf(sightings, !shot.ok ? shot.error : scan.otherwise, scan);
    // Without both there is nothing to scroll, or nothing to see it by.
    if (!shot.ok || top === null || outcome.kind === "found" || !GOES_FURTHER.has(outcome.why.reason))
      return outcome;
    const further = await scanFurther(tab, decoder, {
      signal,
      onView: (done, all) => onProgress({ stage: "further", done, total: all }),
    });
    if (signal.aborted) return { kind: "nothing", why: { reason: "stopped" } };
    const beyond = further.flatMap(({ view, scan: { sightings } }) =>
      sightings.map((sighting) => withSite(sighting, { tab, target, reading: view.reading })),
    );
    const why = [scan, ...further.map((each) => each.scan)].map(({ otherwise }) => otherwise);
    return outcomeOf([...sightings, ...beyond], mostTelling(why), {
      isComplete: further.every((each) => each.scan.isComplete),
    });
  } finally {
    decoder.close();
  }
}

/** Of several reasons the first that says more than that nothing is there. */
function mostTelling(reasons: readonly ScanFailure[]): ScanFailure {
  return reasons.find(({ reason }) => reason !== "nothing-found") ?? { reason: "nothing-found" };
}

/** A clicked picture that carries its own data is read by itself: what the person pointed at is what they meant. */
async function readClickedImage(
  { imageUrl, frame }: ScanTarget,
  tab: TabInfo,
  decoder: ReturnType<typeof openDecoder>,
  until: number,
): Promise<ScanOutcome | null> {
  if (imageUrl === null || !imageUrl.startsWith("data:")) return null;
  const pixels = await dataUrlToPixels(imageUrl);
  if (!pixels.ok) return null;
  const timeLimit = Math.min(4_000, until - performance.now());
  const { codes } = await decoder.decode(pixels.value, { kind: "element", timeLimit });
  const site = siteOfUrl(frame?.url ?? tab.url);
  const sightings = codes.map(({ text }): Sighting => ({ text, shownBy: "img", box: null, site }));
  const outcome = outcomeOf(sightings, { reason: "nothing-found" }, { isComplete: true });
  return outcome.kind === "found" ? outcome : null;
}

/** Elements of a frame that only a script inside it can see: their pixels count, their place is not known. */
function withInner(top: PageReading | null, inner: PageReading | null): PageReading | null {
  if (inner === null) return top;
  const elements = inner.elements.map((element) => ({ ...element, box: null, isVisible: false }));
  // The frame's own size says nothing about the screenshot's scale.
  const base = top ?? {
    elements: [],
    viewport: { width: 0, height: 0, devicePixelRatio: 0 },
    isComplete: false,
  };
  return { ...base, elements: [...elements, ...base.elements] };
}

/**
 * The site that a code is remembered with: the tab's, or the clicked frame's if the code stands in it. The address a
 * page gives its frame is only the page's claim, so it says where the frame lies, never what it is.
 */
function withSite(
  sighting: PictureSighting,
  {
    tab,
    target,
    reading,
  }: { readonly tab: TabInfo; readonly target: ScanTarget; readonly reading: PageReading | null },
): Sighting {
  const ofTab = siteOfUrl(tab.url);
  if (target.frame === null || target.frame.id === 0) return { ...sighting, site: ofTab };
  const isInFrame = sighting.box === null || isInClickedFrame(sighting.box, target.frame.url, reading);
  return { ...sighting, site: isInFrame ? siteOfUrl(target.frame.url) : ofTab };
}

function isInClickedFrame(box: Box, url: string, reading: PageReading | null): boolean {
  const frames = (reading?.elements ?? []).filter(({ kind }) => kind === "frame");
  const around = smallestAround(frames, box);
  return around?.frameUrl != null && siteOfUrl(around.frameUrl) === siteOfUrl(url);
}
