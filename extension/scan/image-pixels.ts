import { err, ok, type Result } from "../../shared/result.ts";
import { parseDataUrl } from "./data-url.ts";
import type { Pixels } from "./pixels.ts";
import { isDrawnSoon } from "./svg-cost.ts";
import { withoutOutsideReferences } from "./svg-text.ts";

export type ImageFailure = "not-an-image" | "too-large";

/** A picture of more pixels is not decoded: it would take gigabytes, and no code needs it. */
const MOST_PIXELS = 100_000_000;
/** What is handed to the decoder has at most this many pixels; beyond it, the picture is drawn smaller. */
const MOST_DECODED_PIXELS = 16_000_000;
/** SVG codes often say "one unit a module": they are drawn at a whole multiple of their size, at least this wide. */
const SVG_SIDE = 480;

/**
 * The pixels of a picture in a data: URL, with its transparency. Nothing is fetched: the URL carries the picture, and
 * an SVG is stripped of all references first.
 *
 * @returns "not-an-image" for other URLs, text and pictures the browser cannot decode
 */
export async function dataUrlToPixels(url: string): Promise<Result<Pixels, ImageFailure>> {
  const parsed = parseDataUrl(url);
  if (!parsed.ok) return err("not-an-image");
  if (parsed.value.mime === "image/svg+xml") {
    return svgToPixels(new TextDecoder().decode(parsed.value.bytes), null);
  }
  if (!parsed.value.mime.startsWith("image/")) return err("not-an-image");
  return drawImage(url, () => 1);
}

/**
 * The pixels of an SVG. "too-large" also where it draws far more than it says.
 *
 * @param size the size it has on the page, for an SVG that names none itself
 */
export async function svgToPixels(
  svg: string,
  size: { readonly width: number; readonly height: number } | null,
): Promise<Result<Pixels, ImageFailure>> {
  const safe = withSize(withoutOutsideReferences(svg), size);
  if (!isDrawnSoon(safe)) return err("too-large");
  const url = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(safe)}`;
  return drawImage(url, (side) => Math.max(1, Math.ceil(SVG_SIDE / side)));
}

/** Draws a picture on a canvas of its own size times a factor, or smaller where that would be too much. */
async function drawImage(
  url: string,
  timesOf: (side: number) => number,
): Promise<Result<Pixels, ImageFailure>> {
  const image = await loadImage(url);
  if (image === null) return err("not-an-image");
  const { naturalWidth, naturalHeight } = image;
  if (naturalWidth < 1 || naturalHeight < 1) return err("not-an-image");
  if (naturalWidth * naturalHeight > MOST_PIXELS) return err("too-large");
  const times = Math.min(
    timesOf(Math.max(naturalWidth, naturalHeight)),
    Math.sqrt(MOST_DECODED_PIXELS / (naturalWidth * naturalHeight)),
  );
  const width = Math.max(1, Math.floor(naturalWidth * times));
  const height = Math.max(1, Math.floor(naturalHeight * times));
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (context === null) return err("too-large");
  context.drawImage(image, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return ok({ data: new Uint8ClampedArray(data), width, height });
}

/** Not `image.decode()`: Chromium lets that wait for as long as the page is not drawn. */
function loadImage(url: string): Promise<HTMLImageElement | null> {
  return new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => resolve(null);
    image.src = url;
  });
}

/** An SVG needs a namespace and a size to be drawn as an image of its own; inside a page it may do without. */
function withSize(svg: string, shown: { readonly width: number; readonly height: number } | null): string {
  // From the first one only: from each of a million that do not end, this would take hours.
  const tag = /<svg\b(?:[^>"']|"[^"]*"|'[^']*')*>/iy;
  tag.lastIndex = Math.max(0, svg.search(/<svg\b/i));
  const root = tag.exec(svg)?.[0];
  if (root === undefined) return svg;
  let next = root;
  if (!/\sxmlns\s*=/.test(next)) next = next.replace(/^<svg/i, '<svg xmlns="http://www.w3.org/2000/svg"');
  const size = sizeOfViewBox(next) ?? (hasOwnSize(next) ? null : shown);
  if (size !== null && size.width > 0 && size.height > 0) {
    next = next
      .replace(/\s(?:width|height)\s*=\s*("[^"]*"|'[^']*')/gi, "")
      .replace(/^<svg/i, `<svg width="${size.width}" height="${size.height}"`);
  }
  return svg.replace(root, () => next);
}

function sizeOfViewBox(root: string): { width: number; height: number } | null {
  const text = /\sviewBox\s*=\s*["']([^"']*)["']/i.exec(root)?.[1] ?? "";
  const [, , width, height] = text
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return width && height ? { width, height } : null;
}

function hasOwnSize(root: string): boolean {
  return ["width", "height"].every((name) =>
    new RegExp(`\\s${name}\\s*=\\s*["'][\\d.]+(?:px)?["']`, "i").test(root),
  );
}
