import { type DecodedCode, findCodes } from "./find-codes.ts";
import { enlarge, flatten, type Ground, halve, type Pixels, pad } from "./pixels.ts";

/** The quiet zone put around cut-outs, as a share of their longer side: four modules of a version 4 code. */
const QUIET_ZONE = 0.12;
/** Cut-outs are enlarged until their longer side is at least this: about eight pixels a module in a usual code. */
const COMFORTABLE_SIDE = 300;
const MOST_TIMES = 3;
/** Cut-outs of more pixels are looked at in half their size, and whole only where that gave nothing. */
const LARGE = 1_000_000;

/**
 * Reads the codes of something cut out of its surroundings: with a quiet zone around it, which pages leave out, white
 * at first, then black (for codes that are light on dark, and for transparent pictures made for a dark page).
 *
 * @param limit the most codes to look for; see findCodes
 * @returns how many there were; corners are told in the coordinates of `pixels`, which stay as they are
 */
export function readCutout(pixels: Pixels, limit: number, onCode: (code: DecodedCode) => void): number {
  for (const ground of ["white", "black"] as const) {
    for (const mostPixels of [LARGE, Number.POSITIVE_INFINITY]) {
      if (mostPixels > LARGE && pixels.width * pixels.height <= LARGE) continue;
      const codes = readView(pixels, { ground, mostPixels, limit }, onCode);
      if (codes > 0) return codes;
    }
  }
  return 0;
}

function readView(
  pixels: Pixels,
  { ground, mostPixels, limit }: { ground: Ground; mostPixels: number; limit: number },
  onCode: (code: DecodedCode) => void,
): number {
  const side = Math.max(pixels.width, pixels.height);
  let scale = Math.min(MOST_TIMES, Math.max(1, Math.ceil(COMFORTABLE_SIDE / side)));
  let sized = enlarge(flatten(pixels, ground), scale);
  while (sized.width * sized.height > mostPixels) {
    sized = halve(sized);
    scale /= 2;
  }
  const view = pad(sized, QUIET_ZONE, ground);
  const edge = (view.width - sized.width) / 2;
  let codes = 0;
  findCodes(view, limit, ({ text, corners }) => {
    codes += 1;
    onCode({ text, corners: corners.map(({ x, y }) => ({ x: (x - edge) / scale, y: (y - edge) / scale })) });
  });
  return codes;
}
