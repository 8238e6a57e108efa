import type { XmlElement, XmlText } from "@rgrove/parse-xml";
import { err, ok, type Result } from "../../result.ts";

/** An element with its attributes and children, entities that XML itself defines resolved, and no others. */
export type Xml = XmlElement;

/** Characters. An export of thousands of logins with their notes has less. */
const MOST_CHARACTERS = 32_000_000;
/** Elements are what fills the memory: each costs some hundred bytes, and "<a/>" has four. An entry of KeePass has thirty. */
const MOST_ELEMENTS = 250_000;

/**
 * Reads the text of an XML document.
 *
 * A document type is skipped over, so that entities it defines are unknown and make the document "corrupt": what
 * unfolds into gigabytes elsewhere is nothing here.
 *
 * @returns its root
 */
export async function readXml(text: string): Promise<Result<Xml, "corrupt" | "too-large">> {
  if (text.length > MOST_CHARACTERS || countElements(text) > MOST_ELEMENTS) return err("too-large");
  const { parseXml } = await import("@rgrove/parse-xml");
  try {
    const { root } = parseXml(text.trim());
    return root === null ? err("corrupt") : ok(root);
  } catch {
    // Not well-formed, or nested so deep that the parser ran out of its stack.
    return err("corrupt");
  }
}

/** The children of this name, in their order. */
export function elementsOf(parent: Xml, name: string): Xml[] {
  return parent.children.filter(
    (child): child is Xml => child.type === "element" && (child as Xml).name === name,
  );
}

/** The text of the first child of this name; "" if there is none. */
export function childText(parent: Xml, name: string): string {
  const [child] = elementsOf(parent, name);
  return child === undefined ? "" : directText(child);
}

/** The text that stands in an element itself: what lies in elements within may be as deep as no stack is. */
export function directText(element: Xml): string {
  return element.children.map((child) => (child.type === "text" ? (child as XmlText).text : "")).join("");
}

function countElements(text: string): number {
  let count = 0;
  for (let at = text.indexOf("<"); at !== -1 && count <= MOST_ELEMENTS; at = text.indexOf("<", at + 1)) {
    if (text[at + 1] !== "/") count++;
  }
  return count;
}
