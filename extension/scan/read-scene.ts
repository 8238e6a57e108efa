import { paintOver } from "./fill-area.ts";
import { type DecodedCode, findCodes } from "./find-codes.ts";
import { findFinderPatterns } from "./finder-patterns.ts";
import { likelyCodes } from "./likely-codes.ts";
import { MOST_CODES, type PictureReading } from "./picture.ts";
import { crop, flatten, halve, type Pixels } from "./pixels.ts";
import { readElement } from "./read-element.ts";

/** Scenes of more pixels are first looked at in half their size: one pass over text in 4K takes seconds. */
const LARGE = 3_000_000;
/** Places where a code seems to be that are cut out and looked at by themselves. */
const MOST_PLACES = 12;

/**
 * Reads the codes of a picture that may show anything: all of it, then each place that has the eyes of a code (jsQR
 * is confused by the eyes of several codes at once, and by text), then, if it is large and gave nothing, all of it in
 * full size. `onCode` hears of each code at once, so that what was found counts when time runs out.
 */
export function readScene(pixels: Pixels, onCode: (code: DecodedCode) => void): PictureReading {
  const scene = flatten(pixels, "white");
  let codes = 0;
  const found = (text: string, corners: DecodedCode["corners"]) => {
    codes += 1;
    paintOver(scene, corners);
    onCode({ text, corners });
  };
  const isLarge = scene.width * scene.height > LARGE;
  const first = isLarge ? halve(scene) : { ...scene, data: scene.data.slice() };
  const times = isLarge ? 2 : 1;
  findCodes(first, MOST_CODES, ({ text, corners }) =>
    found(
      text,
      corners.map(({ x, y }) => ({ x: x * times, y: y * times })),
    ),
  );
  for (const { box } of likelyCodes(findFinderPatterns(scene)).slice(0, MOST_PLACES)) {
    const part = crop(scene, box);
    if (part === null) continue;
    const [left, top] = [Math.max(0, Math.round(box.x)), Math.max(0, Math.round(box.y))];
    readElement(part, ({ text, corners }) =>
      found(
        text,
        corners.map(({ x, y }) => ({ x: x + left, y: y + top })),
      ),
    );
  }
  if (isLarge && codes === 0) {
    findCodes({ ...scene, data: scene.data.slice() }, MOST_CODES, ({ text, corners }) =>
      found(text, corners),
    );
  }
  return { codes, unread: likelyCodes(findFinderPatterns(scene)) };
}
