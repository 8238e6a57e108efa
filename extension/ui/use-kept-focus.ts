import { useEffect } from "preact/hooks";

const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex]";

/**
 * Keeps the keyboard where the work is, for a whole page: a control that goes away while it has the focus would leave it on
 * nothing, and the next Tab would begin at the top. The focus goes on to the next row of a list, to what came in the
 * control's place, or to the heading above it. Who has taken the focus already keeps it.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null;
    let isWaiting = false;
    const onFocus = ({ target }: FocusEvent) => {
      last = target instanceof Element ? target : null;
      isWaiting = false;
    };
    // A click beside everything means to leave it.
    const onPress = ({ target }: PointerEvent) => {
      if (target instanceof Element && !target.closest(`${CONTROLS}, label`)) last = null;
    };
    const onKey = (event: KeyboardEvent) => {
      // Walks on; behind the last stop, out of the page.
      if (event.key === "Tab") last = null;
      // A key that is held down presses once, not whatever the focus went on to as well.
      const isPress = event.key === "Enter" || event.key === " ";
      if (event.repeat && isPress && event.target instanceof Element && event.target.closest("button, a"))
        event.preventDefault();
    };
    const observer = new MutationObserver((records) => {
      const focused = document.activeElement;
      const isLost = focused === null || focused === document.body || focused.matches(":disabled");
      if (last === null || !isLost) return;
      if (!last.isConnected) return giveFocus(heirOfRemoved(last, records));
      // A button that waits for its own work gets the focus back, which the browser takes from it.
      if (!last.matches(":disabled")) return isWaiting ? giveFocus(last) : undefined;
      isWaiting = last.closest("[aria-busy=true]") !== null;
      if (!isWaiting) giveFocus(headingOf(last));
    });
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ["disabled"] });
    document.addEventListener("focusin", onFocus);
    document.addEventListener("pointerdown", onPress, true);
    document.addEventListener("keydown", onKey, true);
    return () => {
      observer.disconnect();
      document.removeEventListener("focusin", onFocus);
      document.removeEventListener("pointerdown", onPress, true);
      document.removeEventListener("keydown", onKey, true);
    };
  }, []);
}

function heirOfRemoved(control: Element, records: readonly MutationRecord[]): Element | null {
  const record = records.find(({ removedNodes }) =>
    [...removedNodes].some((removed) => removed.contains(control)),
  );
  const place = record?.target;
  if (!record || !(place instanceof Element) || !place.isConnected) return headingOf(document.body);
  const row = control.closest("tr, li");
  if (row && [...record.removedNodes].includes(row))
    return inNextRow(control, row, record) ?? headingOf(place);
  // What came into a list's or a whole section's place is not what the control was about.
  if (row?.isConnected === false || place.matches("main") || place.contains(document.querySelector("main")))
    return headingOf(place);
  const came = records.flatMap(({ target, addedNodes }) => (target === place ? [...addedNodes] : []));
  return came.flatMap(controlsIn)[0] ?? headingOf(place);
}

/** The same control in the row below, or else above. */
function inNextRow(control: Element, row: Element, record: MutationRecord): Element | null {
  const at = controlsIn(row).indexOf(control);
  const next = [record.nextSibling, record.previousSibling].find(
    (sibling) => sibling instanceof Element && sibling.isConnected && sibling.localName === row.localName,
  );
  const controls = next ? controlsIn(next) : [];
  return controls[at] ?? controls[0] ?? null;
}

function controlsIn(node: Node): Element[] {
  if (!(node instanceof Element)) return [];
  return [...(node.matches(CONTROLS) ? [node] : []), ...node.querySelectorAll(CONTROLS)].filter(
    (each) => !each.matches(":disabled, [tabindex='-1']"),
  );
}

/** The heading of the section around a place; where it is in none, the page's list or the page's own heading. */
function headingOf(place: Element): Element | null {
  return (
    place.closest("section")?.querySelector("h2, h3") ??
    document.querySelector("main [role=grid]") ??
    document.querySelector("h1")
  );
}

function giveFocus(element: Element | null): void {
  if (!(element instanceof HTMLElement)) return;
  if (!element.matches(CONTROLS)) element.tabIndex = -1;
  element.focus({ preventScroll: element.matches("[role=grid]") });
}
