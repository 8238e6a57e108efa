import type { Candidate } from "./candidate.ts";

/** A code of fewer pixels than this can't be read from a screenshot: icons and portraits need no scrolling. */
const SMALLEST_SIDE = 48;

/**
 * Whether only a screenshot can show what an element shows. Where a script may read its own pixels, the scan has done so,
 * wherever it was scrolled to.
 */
export function needsScreenshot({ element, kind, box }: Candidate): boolean {
  if (Math.min(box.width, box.height) < SMALLEST_SIDE) return false;
  try {
    if (kind === "svg") return element.querySelector("image, foreignObject") !== null;
    if (kind === "background") return !/url\("data:image/i.test(getComputedStyle(element).backgroundImage);
    if (kind === "img") return !isDrawable(element as HTMLImageElement);
    if (kind === "canvas") return !isDrawable(element as HTMLCanvasElement);
    if (kind === "video") return !isDrawable(element as HTMLVideoElement);
    return true;
  } catch {
    return false;
  }
}

/** A picture of another origin taints; one that has not come yet, and the surface of WebGL, draw nothing. */
function isDrawable(source: HTMLImageElement | HTMLCanvasElement | HTMLVideoElement): boolean {
  try {
    const canvas = Document.prototype.createElement.call(document, "canvas") as HTMLCanvasElement;
    canvas.width = 1;
    canvas.height = 1;
    const context = canvas.getContext("2d");
    context?.drawImage(source, 0, 0, 1, 1);
    return (context?.getImageData(0, 0, 1, 1).data[3] ?? 0) > 0;
  } catch {
    return false;
  }
}
