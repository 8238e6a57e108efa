import * as z from "zod/mini";
import { browser } from "../platform/browser.ts";
import { sessionItem } from "../platform/session-storage.ts";
import { type FillOutcome, type FillRequest, fillEntry } from "./handle.ts";
import { siteOfUrl } from "./match-site.ts";

const wishSchema = z.object({
  tabId: z.int(),
  frameId: z.nullable(z.int()),
  target: z.enum(["detected", "focused"]),
  entryId: z.string(),
  pressId: z.string(),
  origin: z.string(),
  at: z.number(),
});

/** A fill that waits for the permission to enter a frame. */
export type FrameWish = z.infer<typeof wishSchema>;

const wishItem = sessionItem("frame-fill", wishSchema);

/** Longer than anybody reads a prompt; what is granted later is granted, but nothing is filled for it (milliseconds). */
const FRESH_MS = 120_000;
/** Held by the popup as long as it lives and asks: the worker gets it, and with it the wish, only when it died. */
const LOCK = "countersign-frame-fill";

/**
 * Asks for the permission to enter frames of one origin, then fills. To be called within the click: the prompt closes
 * the popup in most browsers, so what was wished is stored before, and the worker does it if nobody is left here.
 *
 * @param origin of the frame, as "needs-permission" named it
 * @returns "not-asked": the browser saw no click to ask for. Firefox counts the click alone, and nothing after the first
 *   wait that followed it
 */
export async function requestFrameOrigin(
  request: Omit<FillRequest, "now"> & { readonly origin: string },
): Promise<FillOutcome | { readonly kind: "not-asked"; readonly host: string }> {
  const { origin, tabId, frameId, target, entryId, pressId } = request;
  const host = siteOfUrl(origin);
  if (host === null) throw Error("not an origin that may be asked for");
  const finished = Promise.withResolvers<void>();
  void navigator.locks.request(LOCK, () => finished.promise);
  try {
    // Firefox asks only synchronously within the click: the wish is sent off, and waited for once the prompt is up.
    const stored = wishItem.set({ tabId, frameId, target, entryId, pressId, origin, at: Date.now() });
    const granted = await browser.permissions.request({ origins: [originPattern(origin)] }).catch(() => null);
    await stored;
    await wishItem.remove();
    if (granted === null) return { kind: "not-asked", host };
    if (!granted) return { kind: "not-permitted", host };
    return await fillEntry({ tabId, frameId, target, entryId, pressId, now: Date.now() });
  } finally {
    finished.resolve();
  }
}

/**
 * Does in the worker what was wished before a prompt, once, where the popup that asked did not live to do it.
 *
 * @returns what was wished and what became of it; null where nothing was left to do
 */
export async function handlePermissionAdded(): Promise<{
  readonly wish: FrameWish;
  readonly outcome: FillOutcome;
} | null> {
  const wish = await navigator.locks.request(LOCK, async () => {
    const stored = await wishItem.get();
    await wishItem.remove();
    return stored;
  });
  const now = Date.now();
  if (wish === null || !isFresh(wish, now)) return null;
  return (await isPermitted(wish)) ? { wish, outcome: await fillEntry({ ...wish, now }) } : null;
}

/**
 * Takes what was wished before a prompt that was answered with no, where the popup that asked did not live to say so:
 * the browser tells nobody else. The next popup says it.
 */
export async function takeDeclinedWish(now: number): Promise<{ entryId: string; host: string } | null> {
  return navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    const wish = lock && (await wishItem.get());
    // Permitted: the worker is about to take it.
    if (wish === null || (await isPermitted(wish))) return null;
    await wishItem.remove();
    const host = siteOfUrl(wish.origin);
    return isFresh(wish, now) && host !== null ? { entryId: wish.entryId, host } : null;
  });
}

function isFresh(wish: FrameWish, now: number): boolean {
  return Math.abs(now - wish.at) <= FRESH_MS;
}

function isPermitted(wish: FrameWish): Promise<boolean> {
  return browser.permissions.contains({ origins: [originPattern(wish.origin)] });
}

/** Without the port: match patterns of Firefox know none, and the manifest asks for hosts at any port. */
function originPattern(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}
