import { growBox } from "./area-box.ts";
import { openDecoder } from "./decode-qr.ts";
import { type Box, crop, type Pixels } from "./pixels.ts";
import { outcomeOf, type ScanFailure, type ScanOutcome, type Sighting } from "./scan-outcome.ts";
import { looksLikeTinyCode } from "./tiny-code.ts";

/** Milliseconds for all of it: somebody waits, but they also took the trouble to draw. */
const TIME_LIMIT = 12_000;
/**
 * A hand cuts off an edge, or leaves out the quiet zone: what is around the frame is looked at too, with the usual effort,
 * since the frame says where the code is.
 */
const LOOKS = [
  { margin: 0, kind: "area" },
  { margin: 0.15, kind: "element" },
  { margin: 0.4, kind: "element" },
] as const;
const NARROW_MODULE = 2;

/**
 * Reads the codes in a part of a picture that the person drew a frame around, with more effort than a whole page gets.
 *
 * @param box in the pixels of the picture
 * @param site the site that accounts are remembered with (see siteOfUrl); null where none can be bound
 */
export async function decodeArea(
  picture: Pixels,
  box: Box,
  { site, signal }: { readonly site: string | null; readonly signal: AbortSignal },
): Promise<ScanOutcome> {
  const until = performance.now() + TIME_LIMIT;
  const decoder = openDecoder({ signal });
  let why: ScanFailure = { reason: "nothing-found" };
  try {
    for (const { margin, kind } of LOOKS) {
      const part = crop(picture, growBox(box, margin));
      const timeLimit = until - performance.now();
      if (part === null || timeLimit <= 0) break;
      const { codes, unread, end } = await decoder.decode(part, { kind, timeLimit });
      const sightings = codes.map(({ text }): Sighting => ({ text, shownBy: "screen", box: null, site }));
      const isComplete = end === "done";
      if (sightings.length > 0) return outcomeOf(sightings, why, { isComplete });
      if (!isComplete) return { kind: "nothing", why: { reason: end } };
      // Only what lies in the frame explains why nothing was read in it.
      if (margin > 0) continue;
      if (unread.some(({ module }) => module < NARROW_MODULE) || looksLikeTinyCode(part)) {
        why = { reason: "image-too-small" };
      } else if (unread.length > 0) why = { reason: "code-unreadable" };
    }
    return { kind: "nothing", why };
  } finally {
    decoder.close();
  }
}
