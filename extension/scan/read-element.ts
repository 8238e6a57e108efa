import { paintOver } from "./fill-area.ts";
import type { DecodedCode } from "./find-codes.ts";
import { MOST_CODES, type PictureReading } from "./picture.ts";
import { flatten, type Pixels } from "./pixels.ts";
import { readCutout } from "./read-cutout.ts";
import { readPlaces } from "./read-places.ts";

/** Reads the codes of one thing of a page: as a whole, then at the places that seem to hold further ones. */
export function readElement(pixels: Pixels, onCode: (code: DecodedCode) => void): PictureReading {
  const rest = flatten(pixels, "white");
  let codes = readCutout(pixels, (code) => {
    paintOver(rest, code.corners);
    onCode(code);
  });
  if (codes >= MOST_CODES) return { codes, unread: [] };
  const unread = readPlaces(rest, (code) => {
    codes += 1;
    onCode(code);
  });
  return { codes, unread };
}
