import type { Locator, Page } from "playwright-core";
import type { Screen } from "../../support/xvfb.ts";

/** The way from an open menu to our entry, counted from its end, by what was clicked. */
const KEYS = {
  page: ["Up", "Up", "Up", "Return"],
  image: ["Up", "Up", "Return"],
  field: ["Up", "Up", "Return"],
  // A field of a frame is both: the browser puts our two entries under one, "Scan QR code" first.
  "field of a frame": ["Up", "Up", "Return", "Down", "Return"],
} as const;

/** Right-clicks at a place of a page, in CSS pixels, and chooses the extension's entry of the browser's own menu. */
export async function chooseOurMenu(
  screen: Screen,
  page: Page,
  place: { readonly x: number; readonly y: number },
  clicked: keyof typeof KEYS,
): Promise<void> {
  await screen.nativeRightClick(page, place.x, place.y);
  await screen.pressKeys(...KEYS[clicked]);
}

/** The middle of an element, as the visible page sees it. */
export async function middleOf(element: Locator): Promise<{ x: number; y: number }> {
  const box = await element.boundingBox();
  if (box === null) throw Error("the element is not shown");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
