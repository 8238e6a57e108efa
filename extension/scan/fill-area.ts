import type { Box, Pixels, Point } from "./pixels.ts";

/** How far beyond a code's edge is painted over, as a share of its size: its eyes must be gone entirely. */
const MARGIN = 0.04;

/** Takes a code that has been read out of the picture: paints it and a little around it white, in place. */
export function paintOver(pixels: Pixels, codeCorners: readonly Point[]): void {
  const corners = grow(codeCorners);
  const top = Math.max(0, Math.floor(Math.min(...corners.map((corner) => corner.y))));
  const bottom = Math.min(pixels.height - 1, Math.ceil(Math.max(...corners.map((corner) => corner.y))));
  for (let y = top; y <= bottom; y++) {
    const crossings = crossingsOfRow(corners, y + 0.5);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      fillRow(pixels, y, crossings[i] ?? 0, crossings[i + 1] ?? 0);
    }
  }
}

/** Paints a box white, in place. */
export function fillBox(pixels: Pixels, box: Box): void {
  const right = box.x + box.width;
  const bottom = Math.min(pixels.height, Math.ceil(box.y + box.height));
  for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y++) fillRow(pixels, y, box.x, right);
}

function grow(corners: readonly Point[]): Point[] {
  const x = corners.reduce((sum, corner) => sum + corner.x, 0) / corners.length;
  const y = corners.reduce((sum, corner) => sum + corner.y, 0) / corners.length;
  const by = 1 + 2 * MARGIN;
  return corners.map((corner) => ({ x: x + (corner.x - x) * by, y: y + (corner.y - y) * by }));
}

function crossingsOfRow(corners: readonly Point[], y: number): number[] {
  const crossings: number[] = [];
  corners.forEach((from, index) => {
    const to = corners[(index + 1) % corners.length] ?? from;
    if (from.y > y === to.y > y) return;
    crossings.push(from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x));
  });
  return crossings.sort((a, b) => a - b);
}

function fillRow(pixels: Pixels, y: number, from: number, to: number): void {
  const left = Math.min(pixels.width, Math.max(0, Math.floor(from)));
  const right = Math.min(pixels.width, Math.max(0, Math.ceil(to)));
  pixels.data.fill(255, (y * pixels.width + left) * 4, (y * pixels.width + right) * 4);
}
