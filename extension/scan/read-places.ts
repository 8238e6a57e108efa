import { paintOver } from "./fill-area.ts";
import type { DecodedCode } from "./find-codes.ts";
import { type FinderPattern, findFinderPatterns } from "./finder-patterns.ts";
import { type LikelyCode, likelyCodes } from "./likely-codes.ts";
import { crop, type Pixels } from "./pixels.ts";
import { readCutout } from "./read-cutout.ts";

/** Places that are cut out and looked at by themselves. */
const MOST_PLACES = 24;

/**
 * Reads the codes at the places that have the eyes of one, each by itself: jsQR is confused by the eyes of several
 * codes in one picture, and by text.
 *
 * @param pixels opaque; painted over where a code was read
 * @returns the places that seem to hold a code and gave none
 */
export function readPlaces(pixels: Pixels, onCode: (code: DecodedCode) => void): readonly LikelyCode[] {
  const taken = new Set<FinderPattern>();
  const unread: LikelyCode[] = [];
  for (const place of likelyCodes(findFinderPatterns(pixels)).slice(0, MOST_PLACES)) {
    // Eyes of different codes may stand in a square by chance; those that belong to a code already are no others'.
    if (place.eyes.some((eye) => taken.has(eye))) continue;
    const part = crop(pixels, place.box);
    if (part === null) continue;
    const [left, top] = [Math.max(0, Math.round(place.box.x)), Math.max(0, Math.round(place.box.y))];
    const codes = readCutout(part, 1, ({ text, corners }) => {
      const here = corners.map(({ x, y }) => ({ x: x + left, y: y + top }));
      paintOver(pixels, here);
      onCode({ text, corners: here });
    });
    if (codes === 0) unread.push(place);
    else for (const eye of place.eyes) taken.add(eye);
  }
  return unread.filter(({ eyes }) => !eyes.some((eye) => taken.has(eye)));
}
