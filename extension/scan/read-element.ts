import { type DecodedCode, findCodes } from "./find-codes.ts";
import { findFinderPatterns } from "./finder-patterns.ts";
import { likelyCodes } from "./likely-codes.ts";
import { MOST_CODES, type PictureReading } from "./picture.ts";
import { enlarge, flatten, type Ground, halve, type Pixels, pad } from "./pixels.ts";

/** The quiet zone put around elements, as a share of their longer side: four modules of a version 4 code. */
const QUIET_ZONE = 0.12;
/** Elements are enlarged until their longer side is at least this: about eight pixels a module in a usual code. */
const COMFORTABLE_SIDE = 300;
const MOST_TIMES = 3;
/** Elements of more pixels are looked at in half their size, and whole only where that gave nothing. */
const LARGE = 1_000_000;

/**
 * Reads the codes of one thing cut out of a page: with a quiet zone around it, which pages leave out, white at first,
 * then black (for codes that are light on dark, and for transparent pictures that stand on a dark page).
 */
export function readElement(pixels: Pixels, onCode: (code: DecodedCode) => void): PictureReading {
  for (const ground of ["white", "black"] as const) {
    const codes = readOnGround(pixels, ground, onCode);
    if (codes > 0) return { codes, unread: [] };
  }
  const { view, toPicture, scale } = viewOf(pixels, { ground: "white", mostPixels: LARGE });
  const unread = likelyCodes(findFinderPatterns(view)).map(({ box, module }) => {
    const corner = toPicture(box);
    const size = { width: box.width / scale, height: box.height / scale };
    return { box: { ...corner, ...size }, module: module / scale };
  });
  return { codes: 0, unread };
}

function readOnGround(pixels: Pixels, ground: Ground, onCode: (code: DecodedCode) => void): number {
  let codes = 0;
  for (const mostPixels of [LARGE, Number.POSITIVE_INFINITY]) {
    if (codes > 0 || (mostPixels > LARGE && pixels.width * pixels.height <= LARGE)) break;
    const { view, toPicture } = viewOf(pixels, { ground, mostPixels });
    findCodes(view, MOST_CODES, ({ text, corners }) => {
      codes += 1;
      onCode({ text, corners: corners.map(toPicture) });
    });
  }
  return codes;
}

/** The element on its ground with a quiet zone, enlarged or halved, and the way back to its own coordinates. */
function viewOf(pixels: Pixels, { ground, mostPixels }: { ground: Ground; mostPixels: number }) {
  const side = Math.max(pixels.width, pixels.height);
  let scale = Math.min(MOST_TIMES, Math.max(1, Math.ceil(COMFORTABLE_SIDE / side)));
  let sized = enlarge(flatten(pixels, ground), scale);
  while (sized.width * sized.height > mostPixels) {
    sized = halve(sized);
    scale /= 2;
  }
  const view = pad(sized, QUIET_ZONE, ground);
  const edge = (view.width - sized.width) / 2;
  const toPicture = ({ x, y }: { x: number; y: number }) => ({
    x: (x - edge) / scale,
    y: (y - edge) / scale,
  });
  return { view, toPicture, scale };
}
