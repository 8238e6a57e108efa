import { type FieldElement, parentOf } from "./field-element.ts";

/**
 * How a person sees a field. "transparent" is a field of normal size drawn with opacity 0 (widgets lay one over their
 * painted boxes), "tiny" one of a pixel or two or outside the page: a widget's catch-all input, or a trap for robots.
 */
export type Visibility = "visible" | "transparent" | "tiny" | "hidden";

const SMALLEST_SIZE = 4;

/** Says how a person sees a field. A document without layout is judged by what its elements declare. */
export function visibilityOf(element: FieldElement): Visibility {
  if (isDeclaredHidden(element)) return "hidden";
  const view = element.ownerDocument.defaultView;
  if (view === null || !element.isConnected) return "visible";
  if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false })) return "hidden";
  const box = element.getBoundingClientRect();
  const left = box.right + view.scrollX <= 0;
  const above = box.bottom + view.scrollY <= 0;
  if (box.width < SMALLEST_SIZE || box.height < SMALLEST_SIZE || left || above || isClipped(element, view)) {
    return "tiny";
  }
  return element.checkVisibility({ opacityProperty: true }) ? "visible" : "transparent";
}

/** Whether a person sees the text of an element. */
export function isShown(element: Element): boolean {
  if (isDeclaredHidden(element)) return false;
  if (element.ownerDocument.defaultView === null) return true;
  return element.checkVisibility({ visibilityProperty: true });
}

function isDeclaredHidden(element: Element): boolean {
  if (element.ownerDocument.defaultView !== null) return false;
  for (let at: Element | null = element; at !== null; at = parentOf(at)) {
    if (at.hasAttribute("hidden")) return true;
    if (/display:\s*none|visibility:\s*hidden/.test(at.getAttribute("style") ?? "")) return true;
  }
  return false;
}

/** The "visually hidden" recipes clip an element of any size to nothing. */
function isClipped(element: Element, view: Window): boolean {
  const style = view.getComputedStyle(element);
  return /^inset\((?:50%|100%)/.test(style.clipPath) || /^rect\((?:0|1)px,? (?:0|1)px/.test(style.clip);
}
