/** Times of one opening, in milliseconds since the document's start (performance.timeOrigin). */
export type FirstCode = {
  /** The page's own bytes began to arrive: before it the browser was starting a process and reading a file. */
  readonly firstByte: number;
  /** A code stood in the document. */
  readonly inDocument: number;
  /** The page's own thread had made the frame that shows it, and had time for something else. */
  readonly painted: number;
  /**
   * The browser's own record: when the first frame with any content in it was on the screen. What a person waits for, as
   * long as it is not before `inDocument`: then something else was shown first.
   */
  readonly firstContentfulPaint: number;
};

/**
 * Runs in the page before any of its own scripts. Waits for the first code to be in the document, then for the frame
 * with it to be drawn, and reports a FirstCode as JSON to the binding of that name.
 *
 * It is sent as text: it must use nothing from outside itself.
 */
export function watchFirstCode(binding: string): void {
  const report = (times: object) =>
    (globalThis as unknown as Record<string, (json: string) => void>)[binding]?.(JSON.stringify(times));
  const observer = new MutationObserver(() => {
    if (document.querySelector("[data-code]") === null) return;
    observer.disconnect();
    const inDocument = performance.now();
    requestAnimationFrame(() => {
      // A message sent while a frame is made arrives once that frame is done.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const painted = performance.now();
        // The record of the paint comes a little later than the paint.
        new PerformanceObserver((seen) => {
          const paint = seen.getEntriesByName("first-contentful-paint")[0];
          if (paint === undefined) return;
          const [navigation] = performance.getEntriesByType("navigation");
          report({
            firstByte: navigation instanceof PerformanceNavigationTiming ? navigation.responseStart : 0,
            inDocument,
            painted,
            firstContentfulPaint: paint.startTime,
          });
        }).observe({ type: "paint", buffered: true });
      };
      port2.postMessage(null);
    });
  });
  observer.observe(document, { childList: true, subtree: true });
}
