import jsQR, { type QRCode } from "jsqr";
import { paintOver } from "./fill-area.ts";
import type { Pixels, Point } from "./pixels.ts";
import { qrText } from "./qr-text.ts";

/** A code that was read, and where in the picture: top left, top right, bottom right, bottom left of the code. */
export type DecodedCode = { readonly text: string; readonly corners: readonly Point[] };

/** jsQR cannot find anything in fewer pixels: 21 modules (version 1, ISO/IEC 18004) of one pixel each. */
const SMALLEST_SIDE = 21;

/**
 * Reads the codes in a picture one after the other: jsQR gives one per call, so what was read is painted white before
 * the next. Dark-on-light and light-on-dark are both tried.
 *
 * @param pixels opaque (see flatten); painted over where codes were found
 * @param limit the most codes to look for; a miss costs one full pass, so asking for one more than there are is not free
 */
export function findCodes(pixels: Pixels, limit: number, onCode: (code: DecodedCode) => void): void {
  if (pixels.width < SMALLEST_SIDE || pixels.height < SMALLEST_SIDE) return;
  for (let found = 0; found < limit; found++) {
    const code = readOne(pixels);
    if (code === null) return;
    const { topLeftCorner, topRightCorner, bottomRightCorner, bottomLeftCorner } = code.location;
    const corners = [topLeftCorner, topRightCorner, bottomRightCorner, bottomLeftCorner];
    const text = qrText(code.chunks);
    if (text !== "") onCode({ text, corners });
    paintOver(pixels, corners);
  }
}

function readOne(pixels: Pixels): QRCode | null {
  try {
    // Always named: jsQR keeps the options of one call for the next.
    return jsQR(pixels.data, pixels.width, pixels.height, { inversionAttempts: "attemptBoth" });
  } catch {
    // It throws on some malformed codes (numeric values out of range, a stream that ends early): nothing to read there.
    return null;
  }
}
