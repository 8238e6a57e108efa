import * as z from "zod/mini";
import { sessionItem } from "../platform/session-storage.ts";

const tabFields = { tabId: z.int(), windowId: z.int(), at: z.number() };

/**
 * Something the person asked for outside the popup (menu, command), waiting for the popup or a small window to do it or
 * to explain it. Kept in session memory: the worker may die before the popup has opened.
 */
const intentSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("scan"),
    ...tabFields,
    /** What was clicked, of a scan from the context menu; null stands for the whole page. */
    target: z.nullable(
      z.object({
        frame: z.nullable(z.object({ id: z.int(), url: z.string() })),
        imageUrl: z.nullable(z.string()),
      }),
    ),
  }),
  /** Choose an entry, or unlock first, then fill it into this tab. */
  z.object({
    kind: z.literal("fill"),
    ...tabFields,
    frameId: z.nullable(z.int()),
    target: z.enum(["detected", "focused"]),
  }),
  /** A fill that was tried and did not work for this entry: copy the code, say why, and what next. */
  z.object({
    kind: z.literal("fill-entry"),
    ...tabFields,
    entryId: z.string(),
    /** The press that was tried: what it did to a counter is not done again. */
    pressId: z.string(),
    frameId: z.nullable(z.int()),
    target: z.enum(["detected", "focused"]),
  }),
]);

export type Intent = z.infer<typeof intentSchema>;

/** An intent older than this (milliseconds) is dropped: whoever comes back to it later wants something else. */
const FRESH_MS = 60_000;

const item = sessionItem("intent", intentSchema);

/** Leaves an intent for the surface that is about to open; it replaces an earlier one. */
export async function leaveIntent(intent: Intent): Promise<void> {
  await item.set(intent);
}

/** Takes the waiting intent, at most once, whoever asks. @param now milliseconds since 1970 UTC */
export async function takeIntent(now: number): Promise<Intent | null> {
  return navigator.locks.request("countersign-intent", async () => {
    const intent = await item.get();
    if (intent === null) return null;
    await item.remove();
    return Math.abs(now - intent.at) <= FRESH_MS ? intent : null;
  });
}

/** Calls back when an intent arrives while a surface is open already. @returns stops watching */
export function watchIntent(onArrival: () => void): () => void {
  return item.watch((intent) => {
    if (intent !== null) onArrival();
  });
}
