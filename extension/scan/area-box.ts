import type { Box, Point } from "./pixels.ts";

/** The size of a picture, in its pixels. */
export type Size = { readonly width: number; readonly height: number };

/** Nothing smaller is read: 21 modules (version 1, ISO/IEC 18004) of one pixel each. */
const SMALLEST_SIDE = 21;
/** The frame to begin with, as a share of the picture's shorter side. */
const FIRST_SHARE = 0.5;

/** The frame that stands there before anything is drawn: a square in the middle. */
export function firstArea(picture: Size): Box {
  const side = Math.round(Math.min(picture.width, picture.height) * FIRST_SHARE);
  const x = Math.round((picture.width - side) / 2);
  return { x, y: Math.round((picture.height - side) / 2), width: side, height: side };
}

/** The frame between two corners, as far as it lies in the picture; null where it is too small to be meant. */
export function areaBetween(one: Point, other: Point, picture: Size): Box | null {
  const [left, right] = span(one.x, other.x, picture.width);
  const [top, bottom] = span(one.y, other.y, picture.height);
  const box = { x: left, y: top, width: right - left, height: bottom - top };
  return box.width < SMALLEST_SIDE || box.height < SMALLEST_SIDE ? null : box;
}

function span(from: number, to: number, most: number): [number, number] {
  const within = (value: number) => Math.min(most, Math.max(0, Math.round(value)));
  return [within(Math.min(from, to)), within(Math.max(from, to))];
}

/** The frame pushed by so many pixels; it stops at the picture's edges and keeps its size. */
export function moveArea(box: Box, by: Point, picture: Size): Box {
  const x = Math.min(picture.width - box.width, Math.max(0, Math.round(box.x + by.x)));
  const y = Math.min(picture.height - box.height, Math.max(0, Math.round(box.y + by.y)));
  return { ...box, x, y };
}

/** The frame made larger or smaller at its right and lower edge. */
export function sizeArea(box: Box, by: Point, picture: Size): Box {
  return {
    ...box,
    width: sideWithin(box.width + by.x, picture.width - box.x),
    height: sideWithin(box.height + by.y, picture.height - box.y),
  };
}

function sideWithin(side: number, room: number): number {
  return Math.min(room, Math.max(Math.min(SMALLEST_SIDE, room), Math.round(side)));
}

/** A box with a margin on every side, as a share of its longer side. It may reach beyond the picture. */
export function growBox(box: Box, margin: number): Box {
  const edge = Math.max(box.width, box.height) * margin;
  return { x: box.x - edge, y: box.y - edge, width: box.width + 2 * edge, height: box.height + 2 * edge };
}
