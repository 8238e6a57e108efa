import { AsyncLocalStorage } from "node:async_hooks";
import { vi } from "vitest";

/**
 * How the requests of one device go. "lost-answer": the server does what it is asked, and the device never hears of it, as
 * when it dies in between.
 */
export type Line = "up" | "down" | "lost-answer";

/** Decides over each request of whatever runs in it. */
export const onLine = new AsyncLocalStorage<(url: string) => Line>();

/** Does something right before each request of whatever runs in it. */
export const beforeRequests = new AsyncLocalStorage<(url: string) => Promise<void>>();

const real = globalThis.fetch;

vi.stubGlobal("fetch", async (...asked: Parameters<typeof fetch>) => {
  await beforeRequests.getStore()?.(String(asked[0]));
  const line = onLine.getStore()?.(String(asked[0])) ?? "up";
  if (line === "down") throw TypeError("the line is down");
  const response = await real(...asked);
  if (line === "up") return response;
  await response.arrayBuffer();
  throw TypeError("the answer is lost");
});

/** Does something on a device that never hears what came of a request, and sends nothing after it. */
export function diesAfter<T>(path: string, work: () => Promise<T>): Promise<T> {
  let isDead = false;
  const line = (url: string): Line => {
    if (isDead) return "down";
    isDead = url.includes(path);
    return isDead ? "lost-answer" : "up";
  };
  return onLine.run(line, work);
}

/** Does something on a device that dies right before a request: it is not sent, nor is anything after it. */
export function diesBefore<T>(path: string, work: () => Promise<T>): Promise<T> {
  let isDead = false;
  return onLine.run((url) => {
    isDead ||= url.includes(path);
    return isDead ? "down" : "up";
  }, work);
}
