import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

const shows = new WeakMap<Element, (seen: boolean) => void>();
let observer: IntersectionObserver | undefined;

/** One observer for the whole page. It reports a little ahead of the edge, so that scrolling meets what is drawn already. */
function observed(): IntersectionObserver {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) shows.get(target)?.(isIntersecting);
    },
    { rootMargin: "200px" },
  );
  return observer;
}

/** Draws its children only while their place is in sight: for live codes in a long table, each of which costs every second. */
export function WhenSeen(props: { children: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    shows.set(element, setSeen);
    observed().observe(element);
    return () => observed().unobserve(element);
  }, []);
  return (
    <div ref={place} class="when-seen">
      {seen && props.children}
    </div>
  );
}
