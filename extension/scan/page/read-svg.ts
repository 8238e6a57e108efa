import type { ElementContent } from "../page-reading.ts";

/** A version 40 code with one rectangle a module has some thirty thousand. */
const MOST_NODES = 40_000;
/** Asking for the style of more than this many takes too long; their attributes must do. */
const MOST_STYLED = 8_000;
const MOST_TEXT_CHARS = 4_000_000;
const NEVER = "script, foreignObject, style, animate, set, animateTransform, animateMotion";

/** What a page's style sheet may decide, written out as attributes: the SVG is drawn away from the page. */
const PAINT = [
  "fill",
  "stroke",
  "stroke-width",
  "fill-opacity",
  "stroke-opacity",
  "opacity",
  "visibility",
  "display",
];

/** An inline SVG as text that draws the same by itself. Scripts and style sheets stay behind. */
export function readSvg(svg: Element): ElementContent | null {
  const originals = [svg, ...svg.querySelectorAll("*")];
  if (originals.length > MOST_NODES) return null;
  const copy = svg.cloneNode(true) as Element;
  const copies = [copy, ...copy.querySelectorAll("*")];
  if (originals.length <= MOST_STYLED) {
    originals.forEach((original, index) => {
      const style = getComputedStyle(original);
      for (const name of PAINT) copies[index]?.setAttribute(name, style.getPropertyValue(name));
      copies[index]?.removeAttribute("style");
      copies[index]?.removeAttribute("class");
    });
  }
  for (const element of copy.querySelectorAll(NEVER)) element.remove();
  const text = new XMLSerializer().serializeToString(copy);
  return text.length > MOST_TEXT_CHARS ? null : { kind: "svg", text };
}
