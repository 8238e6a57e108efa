import { MOST_CONTENT_CHARS, MOST_ELEMENTS } from "../page-limits.ts";
import type { PageElement, PageReading } from "../page-reading.ts";
import { findCandidates } from "./find-candidates.ts";
import { frameAddress } from "./frame-address.ts";
import { readContent } from "./read-content.ts";

/** Milliseconds after which no more elements are looked for, and after which no more pixels are read. */
const SEARCH_TIME = 700;
const READ_TIME = 1500;

/**
 * Says what in a page may show a code, where it is, and what of it a script may read. Changes nothing in the page and
 * fetches nothing.
 *
 * @param top the window of the document the script was put into
 */
export function readPage(top: Window): PageReading {
  const start = performance.now();
  const { candidates, isComplete } = findCandidates(top, start + SEARCH_TIME);
  candidates.sort((a, b) => b.likeness - a.likeness);
  let room = MOST_CONTENT_CHARS;
  const elements = candidates
    .slice(0, MOST_ELEMENTS)
    .map(({ element, kind, box, isVisible }): PageElement => {
      const content = performance.now() < start + READ_TIME ? readContent(element, kind) : null;
      const length =
        content === null ? 0 : content.kind === "svg" ? content.text.length : content.dataUrl.length;
      const fits = length <= room;
      if (fits) room -= length;
      const frameUrl = kind === "frame" ? frameAddress(element) : null;
      return { kind, box, isVisible, content: fits ? content : null, frameUrl };
    });
  const viewport = {
    width: top.innerWidth,
    height: top.innerHeight,
    devicePixelRatio: top.devicePixelRatio,
  };
  return { viewport, elements, isComplete };
}
