import type { Page } from "playwright-core";
import { openErrand } from "./errand-window.ts";
import type { Stage } from "./stage.ts";

/** Presses the toolbar's button above a page and goes on to the window in which an area of its picture is drawn. */
export async function openArea(stage: Stage, page: Page): Promise<Page> {
  const area = await openErrand(stage.browser, await stage.browser.pressAction(page), "area");
  await area.locator(".area-frame").waitFor();
  return area;
}

/** Where the practice page's code lies in the picture, in CSS pixels of the window. */
export async function codeInPicture(page: Page, area: Page, selector = ".qr") {
  const code = await page.locator(selector).boundingBox();
  const width = await page.evaluate(() => innerWidth);
  const picture = await area.locator(".area-picture").boundingBox();
  if (!code || !picture) throw Error("not shown");
  const scale = picture.width / width;
  return {
    x: picture.x + code.x * scale,
    y: picture.y + code.y * scale,
    width: code.width * scale,
    height: code.height * scale,
  };
}

/** Draws a frame from one corner to the other, with the mouse. */
export async function draw(
  area: Page,
  from: { x: number; y: number },
  to: { x: number; y: number },
): Promise<void> {
  await area.mouse.move(from.x, from.y);
  await area.mouse.down();
  await area.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await area.mouse.move(to.x, to.y);
  await area.mouse.up();
}
