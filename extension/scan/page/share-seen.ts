/** A tab that isn't drawn tells nothing: then nothing counts as seen (milliseconds). */
const PATIENCE_MS = 2_000;

/**
 * How much of each element can be seen just now, from 0 to 1: what is scrolled away counts as unseen, be it by the page, by
 * a box in it or by a frame of the same origin around it.
 */
export function shareSeen(elements: readonly Element[]): Promise<ReadonlyMap<Element, number>> {
  const shares = new Map<Element, number>();
  if (elements.length === 0) return Promise.resolve(shares);
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      observer.disconnect();
      resolve(shares);
    };
    const observer = new IntersectionObserver((entries) => {
      for (const { target, intersectionRatio } of entries) shares.set(target, intersectionRatio);
      if (shares.size === elements.length) done();
    });
    const timer = setTimeout(done, PATIENCE_MS);
    for (const element of elements) observer.observe(element);
  });
}
