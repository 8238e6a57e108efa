import type { FurtherView } from "../further-view.ts";
import { MOST_FURTHER_ELEMENTS } from "../page-limits.ts";
import type { Candidate } from "./candidate.ts";
import { findCandidates } from "./find-candidates.ts";
import { frameAddress } from "./frame-address.ts";
import { needsScreenshot } from "./needs-screenshot.ts";
import { boxOf, placeAround } from "./place.ts";
import { ScrollPlaces } from "./scroll-places.ts";
import { shareSeen } from "./share-seen.ts";

/** Milliseconds to look for elements. */
const SEARCH_TIME = 700;
/** How much of an element must be seen for its picture to count as taken. */
const WHOLE = 0.98;
/** Pictures that load only when they come into view get this long (milliseconds). */
const LOAD_TIME = 1_500;
/** A frame of another origin is not drawn while it is out of sight, and nothing says when it is (milliseconds). */
const FRAME_TIME = 400;
/** Whoever asked for the last view is gone (a closed popup) if it asks for no other within this time (milliseconds). */
const ABANDONED_MS = 5_000;
/** What a person does to a page: it is theirs again at once. */
const TOUCHES = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

export type FurtherViews = {
  /** Brings the next element into view and says what can be seen then; null where there is none (any more). */
  readonly next: () => Promise<FurtherView | null>;
  /** Puts the page back as it was. */
  readonly end: () => void;
};

/**
 * Scrolls what lies out of sight into view, one thing after the other, for pictures to be taken. The page goes back to
 * exactly where it was when told, when the person touches it, and by itself when nobody asks for more: a popup that was
 * closed in the middle can say nothing.
 */
export function furtherViews(top: Window): FurtherViews {
  const places = new ScrollPlaces();
  const touched = new AbortController();
  let waiting: Candidate[] | null = null;
  let shown = 0;
  let abandoned: ReturnType<typeof setTimeout> | undefined;

  const end = () => {
    clearTimeout(abandoned);
    touched.abort();
    waiting = [];
    places.putBack();
  };

  async function next(): Promise<FurtherView | null> {
    if (waiting === null) {
      waiting = await outOfSight(top);
      if (touched.signal.aborted) return null;
      const options = { capture: true, passive: true, signal: touched.signal } as const;
      for (const type of TOUCHES) top.addEventListener(type, (event) => event.isTrusted && end(), options);
    }
    const [first] = waiting;
    if (first === undefined) return null;
    clearTimeout(abandoned);
    abandoned = setTimeout(end, ABANDONED_MS);
    places.note(first.element);
    Element.prototype.scrollIntoView.call(first.element, {
      block: "center",
      inline: "center",
      behavior: "instant",
    });
    await loaded(first);
    const shares = await shareSeen(waiting.map(({ element }) => element));
    if (touched.signal.aborted) return null;
    const inView = waiting.filter((each) => each === first || (shares.get(each.element) ?? 0) >= WHOLE);
    waiting = waiting.filter((each) => !inView.includes(each));
    shown += 1;
    return {
      reading: {
        viewport: { width: top.innerWidth, height: top.innerHeight, devicePixelRatio: top.devicePixelRatio },
        elements: inView.map(({ element, kind }) => ({
          kind,
          box: boxOf(element, placeAround(element, top)),
          isVisible: true,
          content: null,
          frameUrl: kind === "frame" ? frameAddress(element) : null,
        })),
        isComplete: true,
      },
      shown,
      left: waiting.length,
    };
  }

  return { next, end };
}

/** What may show a code, only a screenshot can tell, and is not seen whole: the likeliest first. */
async function outOfSight(top: Window): Promise<Candidate[]> {
  // Pinch zoom shows a part of a part; scrolling would move both.
  if ((top.visualViewport?.scale ?? 1) !== 1) return [];
  const { candidates } = findCandidates(top, performance.now() + SEARCH_TIME);
  candidates.sort((a, b) => b.likeness - a.likeness);
  const likely = candidates.filter(needsScreenshot).slice(0, 2 * MOST_FURTHER_ELEMENTS);
  const shares = await shareSeen(likely.map(({ element }) => element));
  return likely
    .filter(({ element }) => (shares.get(element) ?? WHOLE) < WHOLE)
    .slice(0, MOST_FURTHER_ELEMENTS);
}

/** Waits for what begins to load, to be decoded or to be drawn when it comes into view. */
async function loaded({ element, kind }: Candidate): Promise<void> {
  if (kind !== "img") return pause(FRAME_TIME);
  const image = element as HTMLImageElement;
  const loading = new Promise<void>((resolve) => {
    if (image.complete) return resolve();
    image.addEventListener("load", () => resolve(), { once: true });
    image.addEventListener("error", () => resolve(), { once: true });
  });
  // The first picture of a screen may lack what is still being decoded.
  const decoded = loading.then(() => HTMLImageElement.prototype.decode.call(image)).catch(() => {});
  await Promise.race([decoded, pause(LOAD_TIME)]);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
