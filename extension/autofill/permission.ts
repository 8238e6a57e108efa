import * as z from "zod/mini";
import { type FillOutcome, type FillRequest, fillEntry } from "./handle.ts";
import { siteOfUrl } from "./match-site.ts";
import { permissionWish } from "./permission-wish.ts";

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

const frameWish = permissionWish("frame-fill", wishSchema, "at-most-once");

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
  return frameWish.ask(
    { tabId, frameId, target, entryId, pressId, origin, at: Date.now() },
    async (answer): Promise<FillOutcome | { readonly kind: "not-asked"; readonly host: string }> => {
      if (answer === "not-asked") return { kind: "not-asked", host };
      if (answer === "declined") return { kind: "not-permitted", host };
      return fillEntry({ tabId, frameId, target, entryId, pressId, now: Date.now() });
    },
  );
}

/**
 * Does in the worker what was wished before a prompt, once, where the popup that asked did not live to do it.
 *
 * @param mayFill whether the entry's code may be taken here
 * @returns what was wished and what became of it, null where it may not be done here; null where nothing was left to do
 */
export async function handlePermissionAdded(mayFill: (wish: FrameWish) => Promise<boolean>): Promise<{
  readonly wish: FrameWish;
  readonly outcome: FillOutcome | null;
} | null> {
  const now = Date.now();
  return frameWish.doGranted(now, async (wish) => ({
    wish,
    outcome: (await mayFill(wish)) ? await fillEntry({ ...wish, now }) : null,
  }));
}

/**
 * Takes what was wished before a prompt that was answered with no, where the popup that asked did not live to say so:
 * the browser tells nobody else. The next popup says it.
 */
export async function takeDeclinedWish(
  now: number,
): Promise<{ entryId: string; host: string; pressId: string } | null> {
  const wish = await frameWish.takeDeclined(now);
  const host = siteOfUrl(wish?.origin ?? null);
  return wish !== null && host !== null ? { entryId: wish.entryId, host, pressId: wish.pressId } : null;
}
