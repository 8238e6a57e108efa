import type { Decoded, Decoder } from "./decode-qr.ts";
import { fillBox } from "./fill-area.ts";
import { dataUrlToPixels, svgToPixels } from "./image-pixels.ts";
import type { LikelyCode } from "./likely-codes.ts";
import type { PageElement, PageReading } from "./page-reading.ts";
import type { PictureKind } from "./picture.ts";
import { type Box, crop, type Pixels, type Point } from "./pixels.ts";
import type { ScanFailure, Sighting } from "./scan-outcome.ts";
import { looksLikeTinyCode } from "./tiny-code.ts";

/** Where a code was read, before it is known whose site that is. */
export type PictureSighting = Omit<Sighting, "site">;

export type PictureScan = {
  readonly sightings: readonly PictureSighting[];
  /** Why nothing was seen, if nothing was. */
  readonly otherwise: ScanFailure;
  readonly isComplete: boolean;
};

/** Milliseconds for one element, for the whole screenshot, and for all elements' own pixels before the screenshot. */
const ELEMENT_TIME = 2_000;
const SCREEN_TIME = 6_000;
const OWN_PIXELS_TIME = 4_000;
const MOST_CROPS = 16;
/** Modules narrower than this many device pixels run into each other. */
const NARROW_MODULE = 2;

/**
 * Reads the codes of a page from its pictures: each element's own pixels first, which are sharper than any screenshot;
 * then the screenshot, without what was read; then each element cut out of the screenshot, for what a script may not
 * read and what stands too close to its surroundings.
 *
 * @param until performance.now() at which to stop
 */
export async function scanPictures(
  { reading, shot }: { readonly reading: PageReading | null; readonly shot: Pixels | null },
  decoder: Decoder,
  { until, onPicture }: { readonly until: number; readonly onPicture: (done: number, total: number) => void },
): Promise<PictureScan> {
  const sightings: PictureSighting[] = [];
  const unread: LikelyCode[] = [];
  const ends = new Set<Decoded["end"]>();
  const elements = reading?.elements ?? [];
  const own = elements.filter((element) => element.content !== null);
  const total = own.length + (shot === null ? 0 : 1);
  let done = 0;

  async function decode(pixels: Pixels, kind: PictureKind, limit: number): Promise<Decoded> {
    const timeLimit = Math.min(limit, until - performance.now());
    if (timeLimit <= 0) {
      ends.add("timed-out");
      return { codes: [], unread: [], end: "timed-out" };
    }
    const decoded = await decoder.decode(pixels, { kind, timeLimit });
    ends.add(decoded.end);
    return decoded;
  }

  const read = new Set<PageElement>();
  const ownUntil = performance.now() + OWN_PIXELS_TIME;
  for (const element of own) {
    if (performance.now() > ownUntil || ends.has("stopped")) break;
    const pixels = await contentToPixels(element);
    onPicture(++done, total);
    if (pixels === null) continue;
    const { codes } = await decode(pixels, "element", ELEMENT_TIME);
    if (codes.length > 0) read.add(element);
    for (const { text } of codes) sightings.push({ text, shownBy: element.kind, box: element.box });
  }

  if (shot !== null) {
    const scale = reading === null || reading.viewport.width === 0 ? 1 : shot.width / reading.viewport.width;
    for (const { box } of read) if (box !== null) fillBox(shot, scaled(box, scale));
    const decoded = await decode(shot, sightings.length === 0 ? "scene" : "rest", SCREEN_TIME);
    unread.push(...decoded.unread);
    onPicture(++done, total);
    for (const { text, corners } of decoded.codes) {
      const box = scaled(boxAround(corners), 1 / scale);
      const element = smallestAround(elements, box);
      if (element !== null && element.kind !== "frame") read.add(element);
      sightings.push({ text, shownBy: element?.kind ?? "screen", box });
    }
    const crops = elements.filter((element) => element.isVisible && !read.has(element)).slice(0, MOST_CROPS);
    for (const { box, kind } of crops) {
      const part = box === null ? null : crop(shot, scaled(box, scale));
      if (part === null || !isCodeShaped(part) || ends.has("stopped")) continue;
      const { codes, unread: places } = await decode(part, "element", ELEMENT_TIME);
      unread.push(...places);
      for (const { text } of codes) sightings.push({ text, shownBy: kind, box });
      if (codes.length === 0 && looksLikeTinyCode(part)) {
        unread.push({ box: { x: 0, y: 0, width: part.width, height: part.height }, module: 1, eyes: [] });
      }
    }
  }
  return { sightings, otherwise: whyNothing(ends, unread), isComplete: !ends.has("timed-out") };
}

function whyNothing(ends: ReadonlySet<Decoded["end"]>, unread: readonly LikelyCode[]): ScanFailure {
  if (ends.has("stopped")) return { reason: "stopped" };
  if (unread.some(({ module }) => module < NARROW_MODULE)) return { reason: "image-too-small" };
  if (unread.length > 0) return { reason: "code-unreadable" };
  if (ends.has("decoder-failed")) return { reason: "decoder-failed" };
  return { reason: ends.has("timed-out") ? "timed-out" : "nothing-found" };
}

async function contentToPixels({ content, box }: PageElement): Promise<Pixels | null> {
  if (content === null) return null;
  const pixels =
    content.kind === "svg" ? await svgToPixels(content.text, box) : await dataUrlToPixels(content.dataUrl);
  return pixels.ok ? pixels.value : null;
}

function isCodeShaped({ width, height }: { width: number; height: number }): boolean {
  return width <= 2 * height && height <= 2 * width;
}

function scaled({ x, y, width, height }: Box, by: number): Box {
  return { x: x * by, y: y * by, width: width * by, height: height * by };
}

function boxAround(corners: readonly Point[]): Box {
  const x = Math.min(...corners.map((corner) => corner.x));
  const y = Math.min(...corners.map((corner) => corner.y));
  const right = Math.max(...corners.map((corner) => corner.x));
  const bottom = Math.max(...corners.map((corner) => corner.y));
  return { x, y, width: right - x, height: bottom - y };
}

/** The smallest listed element that holds the middle of a box: what shows the code. */
export function smallestAround(elements: readonly PageElement[], inner: Box): PageElement | null {
  const [x, y] = [inner.x + inner.width / 2, inner.y + inner.height / 2];
  const around = elements.filter(
    ({ box }) =>
      box !== null && box.x <= x && box.y <= y && box.x + box.width >= x && box.y + box.height >= y,
  );
  around.sort((a, b) => areaOf(a.box) - areaOf(b.box));
  return around[0] ?? null;
}

function areaOf(box: Box | null): number {
  return box === null ? 0 : box.width * box.height;
}
