const LOCK = "countersign-in-view";

/** Tells the worker, for as long as this page is in view, that groups are kept in step without it. @returns takes it back */
export function sayInView(): () => void {
  let letGo: (() => void) | null = null;
  const look = () => {
    if (document.visibilityState !== "visible") {
      letGo?.();
      letGo = null;
    } else if (letGo === null) {
      const held = Promise.withResolvers<void>();
      letGo = held.resolve;
      // A page that is closed, or crashes, lets go of it: nothing else would tell.
      void navigator.locks.request(LOCK, { mode: "shared" }, () => held.promise);
    }
  };
  look();
  document.addEventListener("visibilitychange", look);
  return () => {
    document.removeEventListener("visibilitychange", look);
    letGo?.();
    letGo = null;
  };
}

/** Whether a popup or a page is looked at that keeps groups in step. */
export async function isInView(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === LOCK);
}
