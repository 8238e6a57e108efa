import { bytesToBase64 } from "../../shared/bytes.ts";
import type { ReadEntry } from "../../shared/formats/format.ts";
import { parseDataUrl } from "../scan/data-url.ts";
import { dataUrlToPixels } from "../scan/image-pixels.ts";

/** CSS pixels of the largest mark, twice over and a bit. */
export const ICON_SIDE = 96;

/**
 * Draws a picture that an entry brought along and gives its pixels back as a PNG of at most 96 by 96. What is kept is
 * only ever what was seen: no script, no address, no metadata of a photo. Nothing is fetched.
 *
 * @returns a data URL; null where it can't be drawn
 */
export async function iconToPng(dataUrl: string): Promise<string | null> {
  if (!parseDataUrl(dataUrl).ok) return null;
  const pixels = await dataUrlToPixels(dataUrl);
  if (!pixels.ok) return null;
  const { data, width, height } = pixels.value;
  const whole = new OffscreenCanvas(width, height);
  const scale = Math.min(1, ICON_SIDE / Math.max(width, height));
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  const small = new OffscreenCanvas(side(width), side(height));
  const [from, to] = [whole.getContext("2d"), small.getContext("2d")];
  if (from === null || to === null) return null;
  from.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  to.imageSmoothingQuality = "high";
  to.drawImage(whole, 0, 0, small.width, small.height);
  const blob = await small.convertToBlob({ type: "image/png" });
  return `data:image/png;base64,${bytesToBase64(new Uint8Array(await blob.arrayBuffer()))}`;
}

/** So many are drawn at once: pictures are decoded beside the page. */
const AT_ONCE = 8;

/** The accounts of a file with their pictures as they are kept; one that can't be drawn is left out, with a notice. */
export async function withDrawnIcons(
  entries: readonly ReadEntry[],
  { signal }: { signal: AbortSignal },
): Promise<ReadEntry[]> {
  const drawn = new Map<string, string | null>();
  const urls = [...new Set(entries.flatMap(({ draft }) => draft.icon ?? []))];
  for (let from = 0; from < urls.length && !signal.aborted; from += AT_ONCE) {
    const some = urls.slice(from, from + AT_ONCE);
    await Promise.all(some.map(async (url) => drawn.set(url, await iconToPng(url))));
  }
  return entries.map((entry) => {
    if (!entry.draft.icon) return entry;
    const icon = drawn.get(entry.draft.icon) ?? null;
    if (icon !== null) return { ...entry, draft: { ...entry.draft, icon } };
    return { ...entry, draft: { ...entry.draft, icon: null }, notices: [...entry.notices, "icon-left-out"] };
  });
}
