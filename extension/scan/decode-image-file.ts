import { bytesToBase64 } from "../../shared/bytes.ts";
import { openDecoder } from "./decode-qr.ts";
import { dataUrlToPixels } from "./image-pixels.ts";
import { outcomeOf, type ScanFailure, type ScanOutcome, type Sighting } from "./scan-outcome.ts";

/** A photo of a large camera has some twenty megabytes. */
const MOST_BYTES = 40_000_000;
const TIME_LIMIT = 15_000;
/** By content where the name and type say nothing: pasted and dropped files may have neither. */
const SVG_START =
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*(?:<!DOCTYPE svg[^>]*>\s*)?<svg\b/i;

/**
 * Reads the QR codes in a picture that was opened, pasted or dropped: a screenshot, a photo, an SVG.
 *
 * @returns the codes without a site, or why there are none
 */
export async function decodeImageFile(file: Blob, { signal }: { signal: AbortSignal }): Promise<ScanOutcome> {
  if (file.size > MOST_BYTES) return nothing({ reason: "too-large" });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const type = SVG_START.test(new TextDecoder().decode(bytes.subarray(0, 1024)))
    ? "image/svg+xml"
    : "image/png";
  const pixels = await dataUrlToPixels(`data:${type};base64,${bytesToBase64(bytes)}`);
  if (!pixels.ok) return nothing({ reason: pixels.error });
  const decoder = openDecoder({ signal });
  try {
    const { codes, unread, end } = await decoder.decode(pixels.value, {
      kind: "scene",
      timeLimit: TIME_LIMIT,
    });
    const sightings = codes.map(({ text }): Sighting => ({ text, shownBy: "file", box: null, site: null }));
    const isSmall = unread.some(({ module }) => module < 2);
    const why: ScanFailure =
      end !== "done"
        ? { reason: end }
        : { reason: unread.length === 0 ? "nothing-found" : isSmall ? "image-too-small" : "code-unreadable" };
    return outcomeOf(sightings, why, { isComplete: end === "done" });
  } finally {
    decoder.close();
  }
}

function nothing(why: ScanFailure): ScanOutcome {
  return { kind: "nothing", why };
}
