import { AsyncLocalStorage } from "node:async_hooks";
import { vi } from "vitest";

/**
 * How the requests of one device go. "lost-answer": the server does what it is asked, and the device never hears of it, as
 * when it dies in between.
 */
export type Line = "up" | "down" | "lost-answer";

/** Decides over each request of whatever runs in it. */
export const onLine = new AsyncLocalStorage<() => Line>();

const real = globalThis.fetch;

vi.stubGlobal("fetch", async (...asked: Parameters<typeof fetch>) => {
  const line = onLine.getStore()?.() ?? "up";
  if (line === "down") throw TypeError("the line is down");
  const response = await real(...asked);
  if (line === "up") return response;
  await response.arrayBuffer();
  throw TypeError("the answer is lost");
});
