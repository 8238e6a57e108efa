import type { ElementKind } from "../page-reading.ts";
import type { Box } from "../pixels.ts";

/** An element that may show a code, before anything of it is read. */
export type Candidate = {
  readonly element: Element;
  readonly kind: ElementKind;
  /** CSS pixels relative to what is seen of the top document. */
  readonly box: Box;
  readonly isVisible: boolean;
  readonly likeness: number;
};

/** Smaller things cannot hold 21 modules that an eye or a camera could tell apart. */
const SMALLEST_SIDE = 20;
const USUAL_SMALLEST = 80;
const USUAL_LARGEST = 640;
const HINT = /qr|otp|2fa|mfa|two.?factor|authenticator|barcode|secret|二维码|验证器|动态/i;

const KIND_WEIGHT: Readonly<Record<ElementKind, number>> = {
  img: 1,
  canvas: 1,
  svg: 1,
  input: 1,
  object: 0.9,
  background: 0.7,
  table: 0.7,
  video: 0.6,
  frame: 0.6,
  text: 0.5,
};

export function isLargeEnough({ width, height }: Box): boolean {
  return width >= SMALLEST_SIDE && height >= SMALLEST_SIDE;
}

/** Whether a box has the shape of a code, with room for margins and labels around it. */
export function isCodeShaped(box: Box): boolean {
  const aspect = box.width / box.height;
  return isLargeEnough(box) && aspect >= 0.5 && aspect <= 2;
}

/**
 * How much an element looks like one that shows a code, from 0: square, between thumb and hand in size, seen, and
 * named like one. Only the order counts: it decides which elements are read when there are too many.
 */
export function likenessOf(element: Element, kind: ElementKind, box: Box, isVisible: boolean): number {
  const side = Math.max(box.width, box.height);
  const square = Math.min(box.width, box.height) / side;
  const size =
    side < USUAL_SMALLEST ? side / USUAL_SMALLEST : side > USUAL_LARGEST ? USUAL_LARGEST / side : 1;
  const named = HINT.test(namesOf(element)) ? 3 : 1;
  return KIND_WEIGHT[kind] * square ** 4 * size * named * (isVisible ? 2 : 1);
}

/** The element's names, each cut: a data URL of megabytes in `src` has nothing to add. */
function namesOf(element: Element): string {
  return ["id", "class", "alt", "title", "aria-label", "name", "src", "data-testid"]
    .map((name) => Element.prototype.getAttribute.call(element, name)?.slice(0, 200) ?? "")
    .filter((value) => !value.startsWith("data:"))
    .join(" ");
}
