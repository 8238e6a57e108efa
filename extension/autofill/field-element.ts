/** Something a code can be typed into: an input, or (only in rows of boxes) an editable element. */
export type FieldElement = HTMLInputElement | HTMLElement;

/** Types whose text a person types; an unknown type ("code") is "text" to the browser and so to us. */
const TYPES = new Set(["text", "tel", "number", "password", "search", "email", "url"]);

/** More inputs than a page for people has; beyond it only names are looked at, and only this many. */
export const MAX_FIELDS = 12_000;

/** Asks by name, not by class: an element of a same-origin frame has another window's classes. */
export function isInput(element: Element): element is HTMLInputElement {
  return element.localName === "input";
}

/** Whether a person types text into this element. */
export function isTextField(element: Element): element is FieldElement {
  if (isInput(element)) return TYPES.has(element.type);
  const editable = element.getAttribute("contenteditable");
  return editable !== null && editable !== "false";
}

/** Whether the page lets anybody type into it now. */
export function isEditable(element: FieldElement): boolean {
  if (!isInput(element)) return element.getAttribute("aria-disabled") !== "true";
  return !element.matches(":disabled") && !element.readOnly;
}

/** Every field of a document or element in document order, open shadow roots included. */
export function collectFields(root: Document | DocumentFragment | Element): FieldElement[] {
  const fields: FieldElement[] = [];
  const visit = (node: Document | DocumentFragment | Element): void => {
    for (const element of node.querySelectorAll("*")) {
      if (fields.length >= MAX_FIELDS) return;
      if (element.localName === "input" || element.hasAttribute("contenteditable")) {
        if (isTextField(element)) fields.push(element);
      } else if (element.shadowRoot !== null) visit(element.shadowRoot);
    }
  };
  if ("shadowRoot" in root && root.shadowRoot !== null) visit(root.shadowRoot);
  visit(root);
  return fields;
}

/** Every frame of a document, open shadow roots included. */
export function collectFrames(document: Document): HTMLIFrameElement[] {
  const frames: HTMLIFrameElement[] = [];
  const visit = (root: Document | ShadowRoot): void => {
    for (const element of root.querySelectorAll("*")) {
      // A frame of a frameset has what is asked of an iframe here.
      if (/^i?frame$/.test(element.localName)) frames.push(element as HTMLIFrameElement);
      if (element.shadowRoot !== null) visit(element.shadowRoot);
    }
  };
  visit(document);
  return frames;
}

/** Every element below a root, open shadow roots included. */
export function* elementsIn(root: Document | DocumentFragment | Element): Generator<Element> {
  if ("shadowRoot" in root && root.shadowRoot !== null) yield* elementsIn(root.shadowRoot);
  for (const element of root.querySelectorAll("*")) {
    yield element;
    if (element.shadowRoot !== null) yield* elementsIn(element.shadowRoot);
  }
}

/** The element above, through shadow roots; null at the top of the frame. */
export function parentOf(element: Node): Element | null {
  if (element.parentElement !== null) return element.parentElement;
  const parent = element.parentNode;
  // A shadow root (document fragment with a host) leads on to the element that holds it.
  return parent !== null && "host" in parent ? (parent as ShadowRoot).host : null;
}

/** What stands in a field now. */
export function fieldValue(element: FieldElement): string {
  return isInput(element) ? element.value : (element.textContent ?? "").trim();
}

/** The element that has the focus in this frame, inside open shadow roots; null where nothing has. */
export function focusedElement(document: Document): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element === document.body ? null : element;
}
