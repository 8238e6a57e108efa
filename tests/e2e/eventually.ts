import { expect } from "vitest";

/** Looks again and again, for at most twenty seconds: two cores that do other things as well are slow at times. */
export function eventually<T>(look: () => T) {
  return expect.poll(look, { timeout: 20_000, interval: 50 });
}
