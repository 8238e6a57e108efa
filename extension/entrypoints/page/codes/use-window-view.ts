import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** What of a long element is in sight, in CSS pixels from its top; `covered` is how far the head of the page reaches down. */
export interface WindowView {
  readonly top: number;
  readonly height: number;
  readonly covered: number;
}

/** Follows the window as it scrolls over an element that is longer than it. */
export function useWindowView(element: RefObject<HTMLElement | null>): WindowView {
  const [view, setView] = useState<WindowView>({ top: 0, height: innerHeight, covered: 0 });
  useEffect(() => {
    const look = () => {
      const top = element.current?.getBoundingClientRect().top ?? 0;
      const covered = document.querySelector(".codes-head")?.getBoundingClientRect().bottom ?? 0;
      setView({ top: Math.max(0, -top), height: innerHeight, covered: Math.max(0, covered) });
    };
    look();
    addEventListener("scroll", look, { passive: true });
    addEventListener("resize", look);
    return () => {
      removeEventListener("scroll", look);
      removeEventListener("resize", look);
    };
  }, []);
  return view;
}
