import type { FinderPattern } from "./finder-patterns.ts";
import type { Box } from "./pixels.ts";

/** Where a code seems to be: its box in the picture and the width of its modules in pixels. */
export type LikelyCode = {
  readonly box: Box;
  readonly module: number;
  /** The three it was told by; no eye belongs to two codes. */
  readonly eyes: readonly FinderPattern[];
};

/** A code of version 40 has 177 modules, one of version 1 has 21; eyes lie 3.5 modules in from three of its corners. */
const FEWEST_MODULES_BETWEEN_EYES = 21 - 7;
const MOST_MODULES_BETWEEN_EYES = 177 - 7;
const MODULES_BEYOND_EYES = 3.5;

/**
 * Puts three eyes together that stand as the corners of a square, turned in any way: the places where a code may be,
 * the smallest first, since eyes of different codes lie further apart than those of one.
 */
export function likelyCodes(eyes: readonly FinderPattern[]): LikelyCode[] {
  const codes: LikelyCode[] = [];
  for (const corner of eyes) {
    for (const [i, one] of eyes.entries()) {
      for (const other of eyes.slice(i + 1)) {
        const code = asCode(corner, one, other);
        if (code !== null) codes.push(code);
      }
    }
  }
  return codes.sort((a, b) => a.box.width * a.box.height - b.box.width * b.box.height);
}

function asCode(corner: FinderPattern, one: FinderPattern, other: FinderPattern): LikelyCode | null {
  if (corner === one || corner === other) return null;
  const [a, b] = [between(corner, one), between(corner, other)];
  const module = (corner.module + one.module + other.module) / 3;
  const isAlike = [corner, one, other].every((eye) => Math.abs(eye.module - module) <= module * 0.3 + 0.3);
  const modules = (a.length + b.length) / 2 / module;
  if (!isAlike || modules < FEWEST_MODULES_BETWEEN_EYES * 0.8 || modules > MOST_MODULES_BETWEEN_EYES * 1.1)
    return null;
  if (Math.abs(a.length - b.length) > 0.15 * Math.max(a.length, b.length)) return null;
  if (Math.abs(a.x * b.x + a.y * b.y) > 0.15 * a.length * b.length) return null;
  const fourth = { x: one.x + b.x, y: one.y + b.y };
  const all = [corner, one, other, fourth];
  const edge = MODULES_BEYOND_EYES * module * 1.5;
  const [left, top] = [
    Math.min(...all.map((eye) => eye.x)) - edge,
    Math.min(...all.map((eye) => eye.y)) - edge,
  ];
  const right = Math.max(...all.map((eye) => eye.x)) + edge;
  const bottom = Math.max(...all.map((eye) => eye.y)) + edge;
  return {
    box: { x: left, y: top, width: right - left, height: bottom - top },
    module,
    eyes: [corner, one, other],
  };
}

function between(from: FinderPattern, to: FinderPattern) {
  const [x, y] = [to.x - from.x, to.y - from.y];
  return { x, y, length: Math.hypot(x, y) };
}
