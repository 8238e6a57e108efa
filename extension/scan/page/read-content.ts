import type { ElementContent, ElementKind } from "../page-reading.ts";
import { readSvg } from "./read-svg.ts";

/** The most pixels brought back of one element; a larger one is drawn smaller. */
const MOST_PIXELS = 2_500_000;
/** Drawing decodes the whole picture first: beyond this it is left to the screenshot. */
const MOST_SOURCE_PIXELS = 64_000_000;
const MOST_URL_CHARS = 4_000_000;

/**
 * Reads what a script may read of an element, without fetching anything: pictures are drawn to a canvas at their own
 * size, which the browser forbids for those of other origins; pictures in data: URLs come as they are.
 *
 * @returns null where nothing may or can be read; the screenshot shows it then
 */
export function readContent(element: Element, kind: ElementKind): ElementContent | null {
  try {
    if (kind === "img") return readImage(element as HTMLImageElement);
    if (kind === "canvas") return readCanvas(element as HTMLCanvasElement);
    if (kind === "video") return readVideo(element as HTMLVideoElement);
    if (kind === "svg") return readSvg(element);
    if (kind === "input") return asImage(Element.prototype.getAttribute.call(element, "src"));
    if (kind === "background") return readBackground(element);
    if (kind === "object") {
      const name = element.localName === "object" ? "data" : "src";
      return asImage(Element.prototype.getAttribute.call(element, name));
    }
    return null;
  } catch {
    // A canvas tainted by a picture of another origin throws a SecurityError; so may anything a page has tampered with.
    return null;
  }
}

function readImage(image: HTMLImageElement): ElementContent | null {
  if (!image.complete || image.naturalWidth < 1) return null;
  const source = image.currentSrc || image.src;
  // As it is: an SVG loses its sharpness on a canvas, and a small data URL is smaller than its PNG.
  if (source.startsWith("data:image/svg+xml")) return asImage(source);
  // The natural size is in CSS pixels of the picture's density: with `srcset` there may be more in it.
  const density = image.srcset === "" && image.parentElement?.localName !== "picture" ? 1 : 2;
  return draw(image, image.naturalWidth * density, image.naturalHeight * density) ?? asImage(source);
}

function readCanvas(canvas: HTMLCanvasElement): ElementContent | null {
  if (canvas.width * canvas.height > MOST_PIXELS) return draw(canvas, canvas.width, canvas.height);
  return asImage(canvas.toDataURL("image/png"));
}

function readVideo(video: HTMLVideoElement): ElementContent | null {
  const frame = video.readyState >= 2 ? draw(video, video.videoWidth, video.videoHeight) : null;
  return frame ?? asImage(video.poster);
}

/** The first picture among the backgrounds that is a data: URL; the computed value quotes and escapes it as CSS does. */
function readBackground(element: Element): ElementContent | null {
  const { backgroundImage } = getComputedStyle(element);
  if (backgroundImage.length > MOST_URL_CHARS) return null;
  const quoted = /url\("(data:image\/(?:[^"\\]|\\.)*)"\)/i.exec(backgroundImage)?.[1];
  return quoted === undefined ? null : asImage(quoted.replace(/\\(["\\])/g, "$1"));
}

function asImage(url: string | null): ElementContent | null {
  const isPicture = url !== null && /^data:image\//i.test(url) && url.length <= MOST_URL_CHARS;
  return isPicture ? { kind: "image", dataUrl: url } : null;
}

function draw(source: CanvasImageSource, width: number, height: number): ElementContent | null {
  if (width < 1 || height < 1 || width * height > MOST_SOURCE_PIXELS) return null;
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
  const canvas = Document.prototype.createElement.call(document, "canvas") as HTMLCanvasElement;
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext("2d")?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return asImage(canvas.toDataURL("image/png"));
}
