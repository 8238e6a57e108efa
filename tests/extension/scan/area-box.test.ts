import * as fc from "fast-check";
import { expect, test } from "vitest";
import { areaBetween, firstArea, moveArea, sizeArea } from "../../../extension/scan/area-box.ts";

const SIZE = { width: 800, height: 600 };

test("the first frame is a square in the middle", () => {
  expect(firstArea(SIZE)).toEqual({ x: 250, y: 150, width: 300, height: 300 });
});

test("a frame is drawn from any corner to any other, and ends at the picture's edges", () => {
  const box = { x: 100, y: 50, width: 60, height: 80 };
  expect(areaBetween({ x: 100, y: 50 }, { x: 160, y: 130 }, SIZE)).toEqual(box);
  expect(areaBetween({ x: 160, y: 130 }, { x: 100, y: 50 }, SIZE)).toEqual(box);
  expect(areaBetween({ x: 700, y: 500 }, { x: 2_000, y: 2_000 }, SIZE)).toEqual({
    x: 700,
    y: 500,
    width: 100,
    height: 100,
  });
});

test("a click, or a slip of the hand, is no frame", () => {
  expect(areaBetween({ x: 100, y: 50 }, { x: 100, y: 50 }, SIZE)).toBeNull();
  expect(areaBetween({ x: 100, y: 50 }, { x: 400, y: 60 }, SIZE)).toBeNull();
});

test("whatever is pressed, the frame stays in the picture and is never smaller than a code can be", () => {
  const step = fc.record({
    way: fc.constantFrom("move", "size"),
    by: fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) }),
  });
  const size = fc.record({
    width: fc.integer({ min: 60, max: 3_000 }),
    height: fc.integer({ min: 60, max: 3_000 }),
  });
  fc.assert(
    fc.property(size, fc.array(step), (picture, presses) => {
      let box = firstArea(picture);
      for (const { way, by } of presses) {
        box = way === "move" ? moveArea(box, by, picture) : sizeArea(box, by, picture);
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.y).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(picture.width);
        expect(box.y + box.height).toBeLessThanOrEqual(picture.height);
        expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(1);
      }
    }),
  );
});
