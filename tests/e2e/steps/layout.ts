import type { Page } from "playwright-core";

/** What sticks out of the window sideways, or is cut by its own box without an ellipsis that a tooltip makes good. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>("body *")) {
      if (!element.checkVisibility() || element.closest(".visually-hidden, thead, select")) continue;
      const box = element.getBoundingClientRect();
      const name = `${element.tagName}.${element.className} "${element.innerText?.slice(0, 30)}"`;
      if (box.width > 0 && (box.right > innerWidth + 1 || box.left < -1)) found.push(`sticks out: ${name}`);
      const hides = ["hidden", "clip"].includes(getComputedStyle(element).overflowX);
      if (hides && element.scrollWidth > element.clientWidth + 1 && !element.matches(".cut"))
        found.push(`cut off: ${name}`);
    }
    return found;
  });
}

/** Targets that are under 24 pixels and have another one within the circle of 24 around their middle (WCAG 2.5.8). */
export function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const selector = "button, input, select, textarea, summary, a[href], [role=menuitem]";
    const targets = [...document.querySelectorAll<HTMLElement>(selector)].flatMap((element) => {
      if (!element.checkVisibility() || element.closest("p, dd")) return [];
      // A label is pressed like what it labels.
      const box = (element.closest("label") ?? element).getBoundingClientRect();
      return box.width > 0 ? [{ element, box, x: box.x + box.width / 2, y: box.y + box.height / 2 }] : [];
    });
    const isNear = (x: number, y: number, box: DOMRect) =>
      Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom)) < 12;
    return targets
      .filter(({ box }) => Math.min(box.width, box.height) < 24)
      .filter(({ element, x, y }) =>
        targets.some((other) => other.element !== element && isNear(x, y, other.box)),
      )
      .map(({ element, box }) => `${element.tagName} ${element.className} ${box.width} x ${box.height}`);
  });
}
