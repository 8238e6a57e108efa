import { enlargeSmoothly, isFlat, soften, withFullContrast } from "./enhance.ts";
import { type DecodedCode, findCodes } from "./find-codes.ts";
import { MOST_CODES, type PictureReading } from "./picture.ts";
import { type Pixels, pad } from "./pixels.ts";
import { readElement } from "./read-element.ts";

/** A quiet zone as wide as that of other cut-outs; see read-cutout. */
const QUIET_ZONE = 0.12;
/** A look at more than this takes seconds, and a picture that large needs no enlarging. */
const MOST_PIXELS = 2_000_000;

type View = { readonly times: number; readonly prepare: (enlarged: Pixels) => Pixels };

/** In the order of what they gained on small, pale and dotted codes. */
const VIEWS: readonly View[] = [
  { times: 4, prepare: (enlarged) => enlarged },
  { times: 3, prepare: withFullContrast },
  { times: 1, prepare: withFullContrast },
  { times: 2, prepare: (enlarged) => enlarged },
  { times: 3, prepare: soften },
];

/**
 * Reads the codes of what a person drew a frame around: as one thing of a page, and where that gives nothing enlarged,
 * with full contrast and softened, one after the other, until one of these views gives a code.
 */
export function readArea(pixels: Pixels, onCode: (code: DecodedCode) => void): PictureReading {
  const reading = readElement(pixels, onCode);
  if (reading.codes > 0 || isFlat(pixels)) return reading;
  for (const view of VIEWS) {
    const codes = readView(pixels, view, onCode);
    if (codes > 0) return { codes, unread: [] };
  }
  return reading;
}

function readView(pixels: Pixels, { times, prepare }: View, onCode: (code: DecodedCode) => void): number {
  if (pixels.width * pixels.height * times * times > MOST_PIXELS) return 0;
  const enlarged = prepare(times === 1 ? pixels : enlargeSmoothly(pixels, times));
  const view = pad(enlarged, QUIET_ZONE, "white");
  const edge = (view.width - enlarged.width) / 2;
  let codes = 0;
  findCodes(view, MOST_CODES, ({ text, corners }) => {
    codes += 1;
    onCode({ text, corners: corners.map(({ x, y }) => ({ x: (x - edge) / times, y: (y - edge) / times })) });
  });
  return codes;
}
