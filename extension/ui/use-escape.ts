import { useLayoutEffect } from "preact/hooks";

/**
 * Does something on Escape, wherever the focus is: from the first moment that the component can be seen, and unless
 * something inside has taken that key for itself or it ends the composing of a word.
 *
 * @param onEscape null: the key is left to whatever else wants it
 */
export function useEscape(onEscape: (() => void) | null): void {
  // After each drawing anew: what Escape means goes by what is shown.
  useLayoutEffect(() => {
    if (onEscape === null) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
      event.preventDefault();
      onEscape();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
}
