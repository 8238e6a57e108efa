import { paintOver } from "./fill-area.ts";
import { type DecodedCode, findCodes } from "./find-codes.ts";
import type { LikelyCode } from "./likely-codes.ts";
import { MOST_CODES, type PictureReading } from "./picture.ts";
import { flatten, halve, type Pixels } from "./pixels.ts";
import { readPlaces } from "./read-places.ts";

/** Scenes of more pixels are first looked at in half their size: one pass over text in 4K takes seconds. */
const LARGE = 3_000_000;

/**
 * Reads the codes of a picture that may show anything: each place that seems to hold one, then all of it, then, if it
 * is large and gave nothing so far, all of it in full size. `onCode` hears of each code at once, so that what was
 * found counts when time runs out.
 */
export function readScene(pixels: Pixels, onCode: (code: DecodedCode) => void): PictureReading {
  return read(pixels, onCode, () => true);
}

/**
 * Reads what further codes there are in a scene of which some were read, and painted over, already: each place that seems
 * to hold one, and all of it only where such a place gave nothing. That spares the person who waits for the code at hand
 * two looks at the whole screen.
 */
export function readRest(pixels: Pixels, onCode: (code: DecodedCode) => void): PictureReading {
  return read(pixels, onCode, (unread) => unread.length > 0);
}

function read(
  pixels: Pixels,
  onCode: (code: DecodedCode) => void,
  wantsAll: (unread: readonly LikelyCode[]) => boolean,
): PictureReading {
  const scene = flatten(pixels, "white");
  let codes = 0;
  const heard = (code: DecodedCode) => {
    codes += 1;
    onCode(code);
  };
  const unread = readPlaces(scene, heard);
  if (!wantsAll(unread)) return { codes, unread };
  const isLarge = scene.width * scene.height > LARGE;
  const times = isLarge ? 2 : 1;
  const seen = isLarge ? halve(scene) : { ...scene, data: scene.data.slice() };
  let further = 0;
  findCodes(seen, MOST_CODES, ({ text, corners }) => {
    further += 1;
    const here = corners.map(({ x, y }) => ({ x: x * times, y: y * times }));
    paintOver(scene, here);
    heard({ text, corners: here });
  });
  if (isLarge && codes === 0) findCodes(scene, MOST_CODES, heard);
  // A place that gave nothing by itself may be one of those that the whole gave.
  return { codes, unread: further === 0 ? unread : [] };
}
