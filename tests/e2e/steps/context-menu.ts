import type { Locator, Page } from "playwright-core";
import type { Screen } from "../../support/xvfb.ts";

/** How many steps up from the end of Chromium's own menu ours stands, by what was clicked. */
const STEPS_FROM_END = { page: 3, image: 2, field: 2 } as const;

/** Right-clicks at a place of a page, in CSS pixels, and chooses the extension's entry of the browser's own menu. */
export async function chooseOurMenu(
  screen: Screen,
  page: Page,
  place: { readonly x: number; readonly y: number },
  clicked: keyof typeof STEPS_FROM_END,
): Promise<void> {
  await screen.nativeRightClick(page, place.x, place.y);
  await screen.pressKeys(...Array.from({ length: STEPS_FROM_END[clicked] }, () => "Up"), "Return");
}

/** The middle of an element, as the visible page sees it. */
export async function middleOf(element: Locator): Promise<{ x: number; y: number }> {
  const box = await element.boundingBox();
  if (box === null) throw Error("the element is not shown");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
