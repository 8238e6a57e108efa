/** A code of the largest size has some fifteen thousand dark modules; as a `use` each, twice as many elements. */
const MOST_DRAWN = 100_000;
/** Filters, masks and patterns are drawn on a surface of their own, which may be as large as the picture. */
const SURFACE_COST = 500;
const SURFACES = /^(?:fe[A-Z]\w*|filter|mask|pattern)$/;
/** Their colours cost nothing, however many shapes have them. */
const GRADIENTS = /^(?:linear|radial)Gradient$/;
const DEEPEST = 300;
const MOST_RULES = 200;

/**
 * Whether an SVG draws about as many shapes as it has elements. References multiply: ten `use` of a group that has ten
 * `use` of the next, and twenty lines of text draw billions of shapes, for which the browser stands still. Nobody can
 * stop it once it draws, so it is reckoned before, on the side of too much; circles count as too much.
 *
 * @param svg as it will be drawn; text that is no XML draws nothing and passes
 */
export function isDrawnSoon(svg: string): boolean {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  const byId = new Map<string, Element>();
  const elements = [...parsed.querySelectorAll("*")];
  for (const element of elements)
    if (element.id !== "" && !byId.has(element.id)) byId.set(element.id, element);
  const styled = styleReferences(parsed);
  if (styled === null) return false;

  const costs = new Map<Element, number>();
  const open = new Set<Element>();
  const costOf = (element: Element): number => {
    const known = costs.get(element);
    if (known !== undefined) return known;
    if (open.has(element) || open.size > DEEPEST) return Number.POSITIVE_INFINITY;
    open.add(element);
    const { copied, painted } = referencesOf(element);
    let shapes = SURFACES.test(element.localName) ? SURFACE_COST : 1;
    for (const child of element.children) shapes += costOf(child);
    for (const id of copied) shapes += costOfId(id);
    let once = 0;
    let each = 0;
    // A paint is handed down, so each shape inside may be drawn with it; the others are for the group as a whole.
    for (const { id, name, times } of [...painted, ...(styled.get(element) ?? [])]) {
      if (/^(?:clip-path|mask|filter)$/.test(name)) once += costOfId(id);
      else each += costOfId(id) * times;
    }
    open.delete(element);
    const cost = shapes * (1 + each) + once;
    costs.set(element, cost);
    return cost;
  };
  const costOfId = (id: string): number => {
    const element = byId.get(id);
    return element === undefined || GRADIENTS.test(element.localName) ? 0 : costOf(element);
  };
  return costOf(parsed.documentElement) <= MOST_DRAWN;
}

type Reference = { readonly id: string; readonly name: string; readonly times: number };

/** What an element draws again (`use`), and what it is painted with. */
function referencesOf(element: Element): { copied: string[]; painted: Reference[] } {
  const copied: string[] = [];
  const painted: Reference[] = [];
  for (const { localName, value } of element.attributes) {
    if (localName === "href") copied.push(...(value.trim().startsWith("#") ? [idOf(value.trim())] : []));
    else painted.push(...paintsIn(localName, value, element));
  }
  return { copied, painted };
}

/** A marker stands at each corner of its line. */
function paintsIn(name: string, value: string, element: Element | null): Reference[] {
  if (name === "style") {
    return value.split(";").flatMap((part) => {
      const [property = "", ...rest] = part.split(":");
      return paintsIn(property.trim().toLowerCase(), rest.join(":"), element);
    });
  }
  const line = element?.getAttribute("d") ?? element?.getAttribute("points") ?? "";
  const times = name.startsWith("marker") ? 1 + line.length / 2 : 1;
  return [...value.matchAll(/url\(\s*["']?\s*(#[^"')]*)/gi)].map(([, id = ""]) => ({
    id: idOf(id),
    name,
    times,
  }));
}

function idOf(fragment: string): string {
  const id = fragment.slice(1).trim();
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** What the SVG's own style sheets paint each element with; null where their rules are too many or too intricate to say. */
function styleReferences(parsed: Document): Map<Element, Reference[]> | null {
  const references = new Map<Element, Reference[]>();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync([...parsed.querySelectorAll("style")].map(({ textContent }) => textContent).join("\n"));
  const rules = flatRules(sheet.cssRules).filter(({ cssText }) => /url\(\s*["']?\s*#/i.test(cssText));
  // Selectors that look around, and rules inside rules, are slow or hard to follow; no drawing program writes them.
  const isPlain = ({ selectorText, cssRules }: CSSStyleRule) =>
    !/[:&]/.test(selectorText) && cssRules.length === 0;
  if (rules.length > MOST_RULES || !rules.every(isPlain)) return null;
  for (const { selectorText, style } of rules) {
    for (const element of parsed.querySelectorAll(selectorText)) {
      const known = references.get(element) ?? [];
      references.set(element, [...known, ...paintsIn("style", style.cssText, element)]);
    }
  }
  return references;
}

function flatRules(rules: CSSRuleList): CSSStyleRule[] {
  return [...rules].flatMap((rule) => [
    ...(rule instanceof CSSStyleRule ? [rule] : []),
    ...("cssRules" in rule ? flatRules(rule.cssRules as CSSRuleList) : []),
  ]);
}
