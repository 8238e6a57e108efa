import { bytesToBase64 } from "../../shared/bytes.ts";
import { err, ok, type Result } from "../../shared/result.ts";
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
export async function decodeImageFile(file: Blob, signal: { signal: AbortSignal }): Promise<ScanOutcome> {
  const read = await readImageFile(file, signal);
  if (!read.ok) return nothing(read.error);
  const { texts, why, isComplete } = read.value;
  const sightings = texts.map((text): Sighting => ({ text, shownBy: "file", box: null, site: null }));
  return outcomeOf(sightings, why, { isComplete });
}

/** What the QR codes in a picture say, whatever it is; none where none could be read. */
export async function readTextsInImage(
  file: Blob,
  signal: { signal: AbortSignal },
): Promise<readonly string[]> {
  const read = await readImageFile(file, signal);
  return read.ok ? read.value.texts : [];
}

/** @returns `why`: why there are no texts, if there are none */
async function readImageFile(
  file: Blob,
  { signal }: { signal: AbortSignal },
): Promise<Result<{ texts: readonly string[]; why: ScanFailure; isComplete: boolean }, ScanFailure>> {
  if (file.size > MOST_BYTES) return err({ reason: "too-large" });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const type = SVG_START.test(new TextDecoder().decode(bytes.subarray(0, 1024)))
    ? "image/svg+xml"
    : "image/png";
  const pixels = await dataUrlToPixels(`data:${type};base64,${bytesToBase64(bytes)}`);
  if (!pixels.ok) return err({ reason: pixels.error });
  const decoder = openDecoder({ signal });
  try {
    const { codes, unread, end } = await decoder.decode(pixels.value, {
      kind: "scene",
      timeLimit: TIME_LIMIT,
    });
    const isSmall = unread.some(({ module }) => module < 2);
    const why: ScanFailure =
      end !== "done"
        ? { reason: end }
        : { reason: unread.length === 0 ? "nothing-found" : isSmall ? "image-too-small" : "code-unreadable" };
    return ok({ texts: codes.map(({ text }) => text), why, isComplete: end === "done" });
  } finally {
    decoder.close();
  }
}

function nothing(why: ScanFailure): ScanOutcome {
  return { kind: "nothing", why };
}
