import { type FieldElement, isEditable, isInput, isTextField } from "./field-element.ts";
import { elementsOf, mayHoldCode } from "./find-otp-field.ts";
import { readyField } from "./ready-field.ts";
import { noteTouches } from "./touched-fields.ts";

/** From a change of the page to the look at it: frameworks change it in many small steps (milliseconds). */
const SETTLE_MS = 200;
/** Shadow roots are found by walking every element: that much more seldom than the fields of those that are known. */
const ROOTS_MS = 2_000;
/** A page that never rests is looked at for a twentieth of the time at most, whatever one look costs. */
const REST = 20;
/** The words around the fields may change when the fields themselves do not. */
const SAME_FIELDS_MS = 5_000;
/** Until the bell rings again for a field that was rung for: the vault was locked, or the code is not wanted twice. */
const AGAIN_MS = 30_000;

const FIELDS = "input, [contenteditable]";

/**
 * Watches one page for the field of a code, and rings when one is ready. Changes nothing, and is not seen by the page.
 *
 * The page pays for it, so: the observer is taken away at the first change and put back after the look (a page that
 * adds ten thousand elements makes one record, not ten thousand), the words of the page are read only when its open
 * fields are others than before, nothing happens in a hidden tab, and every look keeps the next one off for twenty
 * times as long as it took.
 *
 * @param ring "keep" goes on watching, "stop" ends it; asked also, field or not, when the page was gone back to
 * @param controller once it is aborted, by whomever, no observer, no listener and no timer is left
 */
export function watchPage(
  document: Document,
  ring: () => Promise<"keep" | "stop">,
  controller: AbortController,
): void {
  const { signal } = controller;
  const roots = new Set<Document | ShadowRoot>([document]);
  const observer = new MutationObserver(() => {
    observer.disconnect();
    lookSoon(SETTLE_MS);
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let restUntil = 0;
  let rootsAt = Number.NEGATIVE_INFINITY;
  let fieldsBefore: readonly FieldElement[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  /** A field is there whose turn may come with the next move of the focus. */
  let isWaiting = false;
  let rungFor: { readonly element: FieldElement; readonly at: number } | null = null;

  const lookSoon = (ms: number): void => {
    if (signal.aborted || document.visibilityState === "hidden") return;
    const due = Math.max(performance.now() + ms, restUntil);
    if (due >= dueAt) return;
    clearTimeout(timer);
    dueAt = due;
    timer = setTimeout(look, due - performance.now());
  };

  const look = (): void => {
    dueAt = Number.POSITIVE_INFINITY;
    const started = performance.now();
    const mayFindRoots = started - rootsAt >= ROOTS_MS;
    if (mayFindRoots) {
      findRoots(roots, document);
      rootsAt = started;
    }
    const fields = openFields(roots);
    const isSame =
      fields.length === fieldsBefore.length && fields.every((one, at) => one === fieldsBefore[at]);
    if (!isSame || isWaiting || started - readAt >= SAME_FIELDS_MS) read(fields, started);
    for (const root of roots) observer.observe(root, { childList: true, subtree: true, attributes: true });
    restUntil = performance.now() + (performance.now() - started) * REST;
    // A component that came just now may draw into a root that nobody observes yet.
    if (!mayFindRoots) lookSoon(rootsAt + ROOTS_MS - performance.now());
  };

  const read = (fields: readonly FieldElement[], now: number): void => {
    fieldsBefore = fields;
    readAt = now;
    const found = fields.length === 0 ? ({ kind: "none" } as const) : readyField(document);
    isWaiting = found.kind === "wait";
    if (found.kind !== "ready") return;
    const element = elementsOf(found.target)[0]!;
    if (rungFor?.element === element && now - rungFor.at < AGAIN_MS) return;
    rungFor = { element, at: now };
    void ask();
  };

  const ask = async (): Promise<void> => {
    if ((await ring()) === "stop") controller.abort();
  };

  const pause = (): void => {
    observer.disconnect();
    clearTimeout(timer);
    dueAt = Number.POSITIVE_INFINITY;
  };
  const onVisibility = (): void => {
    pause();
    // Whatever was rung for in vain, a person is looking at it anew.
    rungFor = null;
    isWaiting = true;
    lookSoon(0);
  };
  const onPageShow = ({ persisted }: PageTransitionEvent): void => {
    // Kept for going back to, it heard nothing of being told to end; whoever is told at the door knows.
    if (persisted) void ask();
  };
  const onFocus = (): void => {
    if (isWaiting) lookSoon(0);
  };

  signal.addEventListener("abort", pause, { once: true });
  noteTouches(document, signal);
  document.addEventListener("visibilitychange", onVisibility, { signal });
  document.defaultView?.addEventListener("pageshow", onPageShow, { signal });
  document.addEventListener("focusin", onFocus, { signal, passive: true });
  document.addEventListener("focusout", onFocus, { signal, passive: true });
  lookSoon(0);
}

/**
 * Fields that are drawn, can be typed into, and are of a kind that may hold a code: a page with nothing but a search field
 * is never read. Asks for style, never for layout: that would be forced on the page.
 */
function openFields(roots: ReadonlySet<Document | ShadowRoot>): FieldElement[] {
  return [...roots].flatMap((root) =>
    [...root.querySelectorAll<HTMLElement>(FIELDS)].filter(
      (element) =>
        isTextField(element) &&
        isEditable(element) &&
        (!isInput(element) || mayHoldCode(element)) &&
        element.checkVisibility({ visibilityProperty: true }),
    ),
  );
}

/** Takes in the open shadow roots that came since, and drops those whose host is gone. */
function findRoots(roots: Set<Document | ShadowRoot>, document: Document): void {
  roots.clear();
  const visit = (root: Document | ShadowRoot): void => {
    roots.add(root);
    for (const element of root.querySelectorAll("*"))
      if (element.shadowRoot !== null) visit(element.shadowRoot);
  };
  visit(document);
}
