import { useEffect, useState } from "preact/hooks";

type Watcher = (now: number) => void;

// One timer for the whole page, however many components tell the time.
const watchers = new Set<Watcher>();
let timer: ReturnType<typeof setTimeout> | undefined;

function tick(): void {
  clearTimeout(timer);
  if (watchers.size === 0 || document.visibilityState !== "visible") return;
  const now = Date.now();
  for (const watcher of watchers) watcher(now);
  timer = setTimeout(tick, 1000 - (Date.now() % 1000));
}

/**
 * The time, told once a second at the turn of the second. It is the only timer of an open page, and a page that can't
 * be seen doesn't tick.
 *
 * @returns milliseconds since 1970 UTC
 */
export function useSecond(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    watchers.add(setNow);
    // Only the first one starts the clock: a thousand that start together must not each tell all the others.
    if (watchers.size === 1) {
      document.addEventListener("visibilitychange", tick);
      tick();
    }
    return () => {
      watchers.delete(setNow);
      if (watchers.size === 0) document.removeEventListener("visibilitychange", tick);
    };
  }, []);
  return now;
}
