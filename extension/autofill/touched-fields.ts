import type { FieldElement } from "./field-element.ts";

/** In the isolated world, not in a module: the script that watches a page and the one that fills it are two. */
interface World {
  __countersignTouched?: WeakSet<EventTarget>;
}
const world = globalThis as World;

/**
 * Notes the fields that the person types into, pastes into or empties, from now on: what stands in them, even nothing, is
 * theirs. Events that a script made don't count, and so a page that empties its own field may ask again.
 *
 * @param signal once aborted, nothing is noted any more, and what was noted is forgotten
 */
export function noteTouches(document: Document, signal: AbortSignal): void {
  const touched = new WeakSet<EventTarget>();
  world.__countersignTouched = touched;
  const note = (event: Event): void => {
    const [field] = event.composedPath();
    if (event.isTrusted && field !== undefined) touched.add(field);
  };
  document.addEventListener("input", note, { capture: true, passive: true, signal });
  const forget = (): void => {
    if (world.__countersignTouched === touched) delete world.__countersignTouched;
  };
  signal.addEventListener("abort", forget, { once: true });
}

/** Whether any of the fields was touched. */
export function areTouched(fields: readonly FieldElement[]): boolean {
  return fields.some((field) => world.__countersignTouched?.has(field) === true);
}

/** Forgets touches that were our own: filling may type with events like the person's. */
export function forgetTouches(fields: readonly FieldElement[]): void {
  for (const field of fields) world.__countersignTouched?.delete(field);
}
