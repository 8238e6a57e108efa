type Position = { readonly left: number; readonly top: number };

/**
 * Where everything that may be scrolled stood, so that it can be put back exactly: the boxes around an element, those
 * around its shadow root and its frame, and the page itself.
 */
export class ScrollPlaces {
  readonly #places = new Map<Element, Position>();

  /** Notes where all that scrolls around an element stands; what is noted already stays as it was. */
  note(element: Element): void {
    for (let at: Element | null = element; at !== null; at = outerOf(at)) {
      if (!this.#places.has(at)) this.#places.set(at, positionOf(at));
    }
  }

  /** Puts everything back where it stood, at once: also where the page's style asks for smooth scrolling. */
  putBack(): void {
    for (const [element, { left, top }] of this.#places) {
      const now = positionOf(element);
      if (now.left !== left || now.top !== top) scrollTo.call(element, { left, top, behavior: "instant" });
    }
  }
}

// By way of the prototypes: a form's fields may be named like any of these (see find-candidates).
const scrollTo = Element.prototype.scrollTo as (this: Element, options: ScrollToOptions) => void;
const scrollLeft = getterOf<number>(Element.prototype, "scrollLeft");
const scrollTop = getterOf<number>(Element.prototype, "scrollTop");
const parentNode = getterOf<Node | null>(Node.prototype, "parentNode");
const assignedSlot = getterOf<Element | null>(Element.prototype, "assignedSlot");

function getterOf<T>(prototype: object, name: string): (this: Node) => T {
  const getter = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (getter === undefined) throw Error(`the browser has no ${name}`);
  return getter;
}

function positionOf(element: Element): Position {
  return { left: scrollLeft.call(element), top: scrollTop.call(element) };
}

/** What lies around an element as it is drawn: its slot or parent, the host of its shadow root, the frame it is in. */
function outerOf(element: Element): Element | null {
  const parent = assignedSlot.call(element) ?? parentNode.call(element);
  // By type: what is in a frame is an instance of that frame's own classes.
  if (parent === null) return null;
  if (parent.nodeType === Node.ELEMENT_NODE) return parent as Element;
  if (parent.nodeType === Node.DOCUMENT_NODE) return (parent as Document).defaultView?.frameElement ?? null;
  return (parent as ShadowRoot).host ?? null;
}
