/** Shapes that a browser draws within a second or so. A code of one `use` a module stays far below. */
const MOST_DRAWN = 1_000_000;
/** Filters, masks and patterns are drawn on a surface of their own, which may be as large as the picture. */
const SURFACE_COST = 50;
const SURFACES = /<(?:[\w-]+:)?(?:filter|mask|pattern)\b/;

const ELEMENT = /<[A-Za-z]/g;
const USE = /<(?:[\w-]+:)?use\b/g;
const REFERENCE = /href\s*=\s*["']\s*(#[^"']*)|url\(\s*["']?\s*(#[^"')]*)/gi;
const STYLE_SHEET = /<(?:[\w-]+:)?style\b/i;

/**
 * Whether an SVG draws about as many shapes as it has elements. References multiply: ten `use` of a group that has ten
 * `use` of the next, and twenty lines of text draw billions of shapes, for which the browser stands still. Nobody can
 * stop it once it draws, so it is reckoned before, from the text, on the side of too much: each thing that is referred
 * to may stand inside all the others, so the counts of references multiply.
 *
 * From the text because the page's Trusted Types policy lets nobody parse markup, which is as it should be.
 *
 * @param svg as it will be drawn
 */
export function isDrawnSoon(svg: string): boolean {
  const elements = countOf(svg, ELEMENT);
  const references = new Map<string, number>();
  for (const [, href, url] of svg.matchAll(REFERENCE)) {
    const target = href ?? url ?? "";
    references.set(target, (references.get(target) ?? 0) + 1);
  }
  // A rule of a style sheet may paint every element there is.
  const each = STYLE_SHEET.test(svg) ? elements : 1;
  let copies = SURFACES.test(svg) ? SURFACE_COST : 1;
  for (const count of references.values()) copies *= 1 + count * each;
  const drawable = Math.max(1, elements - countOf(svg, USE));
  return references.size === 0 || elements + copies * drawable <= MOST_DRAWN;
}

function countOf(text: string, pattern: RegExp): number {
  let count = 0;
  for (const _ of text.matchAll(pattern)) count++;
  return count;
}
