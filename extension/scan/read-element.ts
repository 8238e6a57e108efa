import { paintOver } from "./fill-area.ts";
import type { DecodedCode } from "./find-codes.ts";
import { MOST_CODES, type PictureReading } from "./picture.ts";
import { flatten, type Pixels } from "./pixels.ts";
import { readCutout } from "./read-cutout.ts";
import { readPlaces } from "./read-places.ts";

/**
 * Reads the codes of one thing of a page: as a whole, then at the places that seem to hold further ones, and where such a
 * place gives nothing once more as a whole. Most things hold one code, and a look for a second costs more than the first.
 */
export function readElement(pixels: Pixels, onCode: (code: DecodedCode) => void): PictureReading {
  const rest = flatten(pixels, "white");
  let codes = 0;
  const heard = (code: DecodedCode) => {
    codes += 1;
    onCode(code);
  };
  readCutout(pixels, 1, (code) => {
    paintOver(rest, code.corners);
    heard(code);
  });
  const foundAtFirst = codes > 0;
  const unread = readPlaces(rest, heard);
  if (foundAtFirst && unread.length > 0) readCutout(rest, MOST_CODES, heard);
  return { codes, unread };
}
