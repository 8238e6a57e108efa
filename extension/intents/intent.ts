import * as z from "zod/mini";
import { clearAlarm, setAlarm } from "../platform/alarms.ts";
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
  /** A second code that was promised and not filled: say so, and offer to fill both anew. That takes a press. */
  z.object({
    kind: z.literal("second-code"),
    ...tabFields,
    entryId: z.string(),
    frameId: z.int(),
    target: z.literal("detected"),
    why: z.enum(["too-late", "did-not-stick", "no-code"]),
  }),
]);

export type Intent = z.infer<typeof intentSchema>;

/** An intent older than this (milliseconds) is dropped: whoever comes back to it later wants something else. */
const FRESH_MS = 60_000;

/** Goes off once an intent is stale; its listener calls dropStaleIntent. */
export const INTENT_ALARM = "intent-stale";

const LOCK = "countersign-intent";
const item = sessionItem("intent", intentSchema);

/** Leaves an intent for the surface that is about to open; it replaces an earlier one. */
export async function leaveIntent(intent: Intent): Promise<void> {
  await item.set(intent);
  await setAlarm(INTENT_ALARM, intent.at + FRESH_MS);
}

/**
 * Forgets an intent that nobody has taken: the picture that was clicked may show a secret.
 *
 * @param before milliseconds since 1970 UTC; one that was left after that time still waits for somebody
 */
export async function dropIntent(before: number): Promise<void> {
  await navigator.locks.request(LOCK, async () => {
    const intent = await item.get();
    if (intent !== null && intent.at <= before) await item.remove();
  });
}

/** The same for one that nobody would be given any more. */
export function dropStaleIntent(now: number): Promise<void> {
  return dropIntent(now - FRESH_MS);
}

/** Takes the waiting intent, at most once, whoever asks. @param now milliseconds since 1970 UTC */
export async function takeIntent(now: number): Promise<Intent | null> {
  // Nearly always there is none, and a popup that opens waits for this: then nobody's turn has to be waited for.
  if ((await item.get()) === null) return null;
  return navigator.locks.request(LOCK, async () => {
    const intent = await item.get();
    if (intent === null) return null;
    await item.remove();
    await clearAlarm(INTENT_ALARM);
    return Math.abs(now - intent.at) <= FRESH_MS ? intent : null;
  });
}

/** Calls back when an intent arrives while a surface is open already. @returns stops watching */
export function watchIntent(onArrival: () => void): () => void {
  return item.watch((intent) => {
    if (intent !== null) onArrival();
  });
}
