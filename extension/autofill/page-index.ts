import type { FieldElement } from "./field-element.ts";

const HEADINGS = 'h1, h2, h3, h4, h5, h6, legend, [role="heading"], [class*="title" i], [class*="heading" i]';
const MOST_HEADINGS = 300;

/**
 * Labels and headings of a page, looked up once for each of its trees (document, open shadow roots). A page with ten
 * thousand fields would be walked as many times by input.labels or a query for each. Of use only while nothing changes.
 */
export class PageIndex {
  readonly #labelsByRoot = new WeakMap<Node, Map<string, Element[]>>();
  readonly #headingsByRoot = new WeakMap<Node, readonly Element[]>();

  /** The label around a field, and those that are tied to it by its id. */
  labelsFor(field: FieldElement): Element[] {
    const around = field.closest("label");
    const tied = field.id === "" ? [] : (this.#labelsIn(field.getRootNode()).get(field.id) ?? []);
    return around === null || tied.includes(around) ? tied : [around, ...tied];
  }

  /** The headings of the tree that a node is in, in document order. */
  headingsAround(node: Node): readonly Element[] {
    const root = node.getRootNode();
    const known = this.#headingsByRoot.get(root);
    if (known !== undefined) return known;
    const headings = [...(root as ParentNode).querySelectorAll(HEADINGS)].slice(0, MOST_HEADINGS);
    this.#headingsByRoot.set(root, headings);
    return headings;
  }

  #labelsIn(root: Node): Map<string, Element[]> {
    const known = this.#labelsByRoot.get(root);
    if (known !== undefined) return known;
    const labels = new Map<string, Element[]>();
    for (const label of (root as ParentNode).querySelectorAll("label[for]")) {
      const id = label.getAttribute("for") ?? "";
      labels.set(id, [...(labels.get(id) ?? []), label]);
    }
    this.#labelsByRoot.set(root, labels);
    return labels;
  }
}
