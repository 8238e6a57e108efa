import type { ElementKind } from "../page-reading.ts";
import type { Box } from "../pixels.ts";
import { type Candidate, isCodeShaped, isLargeEnough, likenessOf } from "./candidate.ts";
import { boxOf, type Place, placeInFrame, placeOfTop } from "./place.ts";

export type Candidates = { readonly candidates: Candidate[]; readonly isComplete: boolean };

/** A page may have any number of elements; beyond these nothing more is looked at. */
const MOST_NODES = 150_000;
const MOST_DOCUMENTS = 60;

const KIND_BY_NAME: Readonly<Record<string, ElementKind>> = {
  img: "img",
  canvas: "canvas",
  svg: "svg",
  video: "video",
  input: "input",
  object: "object",
  embed: "object",
  iframe: "frame",
  frame: "frame",
  table: "table",
  pre: "text",
};

type Budget = { nodes: number; documents: number; readonly until: number };

/**
 * Lists the elements that may show a code, in a document, its open shadow roots and its frames of the same origin;
 * seen or scrolled away, but not hidden.
 *
 * A page can name its elements so that `document.createTreeWalker` or `form.children` is one of them, also for a
 * script in an isolated world. What is asked of documents and of any element goes through the prototypes, and an
 * element that throws is left out.
 *
 * @param until performance.now() at which to stop
 */
export function findCandidates(top: Window, until: number): Candidates {
  const budget: Budget = { nodes: MOST_NODES, documents: MOST_DOCUMENTS, until };
  const seen = { x: 0, y: 0, width: top.innerWidth, height: top.innerHeight };
  const candidates: Candidate[] = [];
  collect(top.document, placeOfTop(top), { seen, budget, candidates });
  return { candidates, isComplete: budget.nodes > 0 && budget.documents > 0 && performance.now() < until };
}

type Search = { readonly seen: Box; readonly budget: Budget; readonly candidates: Candidate[] };

function collect(root: Document | ShadowRoot, place: Place, search: Search): void {
  const { budget } = search;
  if (budget.documents-- <= 0) return;
  const walker = Document.prototype.createTreeWalker.call(document, root, NodeFilter.SHOW_ELEMENT);
  let node = walker.nextNode();
  while (node !== null && budget.nodes-- > 0) {
    if (budget.nodes % 256 === 0 && performance.now() > budget.until) return;
    const element = node as Element;
    let goesInside = true;
    try {
      goesInside = consider(element, place, search);
    } catch {
      // An element that lies about itself: nothing to read there.
    }
    node = goesInside ? walker.nextNode() : nextBeside(walker);
  }
}

/** @returns whether its children are to be looked at */
function consider(element: Element, place: Place, search: Search): boolean {
  const name = localName.call(element) as string;
  const kind = KIND_BY_NAME[name];
  const root = element.shadowRoot;
  if (root !== null && isShadowRoot(root)) collect(root, place, search);
  const box = boxOf(element, place);
  if (kind === "frame" || kind === "object") {
    const inner = (element as HTMLIFrameElement).contentDocument;
    if (inner !== null && inner !== undefined) {
      const isOpen = box.width > 0 && box.height > 0 && isShown(element);
      if (isOpen) collect(inner, placeInFrame(element as HTMLIFrameElement, place), search);
      return false;
    }
  }
  if (kind === "input" && Element.prototype.getAttribute.call(element, "type")?.toLowerCase() !== "image") {
    return false;
  }
  if (isCodeShaped(box) || (kind === "frame" && isLargeEnough(box))) {
    const actual = kind ?? (hasPictureBehind(element) ? "background" : null);
    if (actual !== null && isShown(element)) add(element, actual, box, search);
  }
  return kind !== "svg";
}

const localName = Object.getOwnPropertyDescriptor(Element.prototype, "localName")?.get as () => string;

/** By name: roots inside frames are instances of their own window's class. */
function isShadowRoot(value: unknown): value is ShadowRoot {
  return Object.prototype.toString.call(value) === "[object ShadowRoot]";
}

function hasPictureBehind(element: Element): boolean {
  return /url\(/.test(getComputedStyle(element).backgroundImage);
}

/** Hidden pictures are not read: what a person cannot see they did not ask to scan. */
function isShown(element: Element): boolean {
  return Element.prototype.checkVisibility.call(element, {
    opacityProperty: true,
    visibilityProperty: true,
  });
}

function add(element: Element, kind: ElementKind, box: Box, { seen, candidates }: Search): void {
  const isVisible =
    box.x < seen.width && box.y < seen.height && box.x + box.width > 0 && box.y + box.height > 0;
  candidates.push({ element, kind, box, isVisible, likeness: likenessOf(element, kind, box, isVisible) });
}

/** The next element that is not inside the current one. */
function nextBeside(walker: TreeWalker): Node | null {
  for (;;) {
    const beside = walker.nextSibling();
    if (beside !== null) return beside;
    if (walker.parentNode() === null) return null;
  }
}
