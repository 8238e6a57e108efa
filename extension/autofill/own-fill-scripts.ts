import * as z from "zod/mini";
import { browser } from "../platform/browser.ts";
import { type FramePlace, targetOf } from "./frame-scripts.ts";
import type { fillByItself, lookByItself, OwnFill, OwnPageLook } from "./page-own-fill.ts";

interface FillWorld {
  readonly __countersignFill: {
    readonly lookByItself: typeof lookByItself;
    readonly fillByItself: typeof fillByItself;
  };
}

// What a page's process answers is read like any stranger's message.
const lookSchema = z.object({
  origin: z.string(),
  kind: z.enum(["ready", "wait", "none"]),
  mark: z.uuid(),
}) satisfies z.ZodMiniType<OwnPageLook>;
const fillSchema = z.object({
  kind: z.enum(["filled", "did-not-stick", "does-not-fit", "moved", "wait", "none"]),
  submitted: z.boolean(),
}) satisfies z.ZodMiniType<OwnFill>;

/** The top frame of a tab as it was found: where, of which origin, and whether a field is ready there. */
export interface OwnLook extends z.infer<typeof lookSchema> {
  readonly place: FramePlace;
}

/**
 * Looks at the top frame of a tab.
 *
 * @param documentId the document that is meant; null takes whichever is there
 * @returns null where it has gone, or may not be entered
 */
export async function lookAtTop(tabId: number, documentId: string | null): Promise<OwnLook | null> {
  const target = targetOf({ tabId, frameId: 0, documentId });
  try {
    await browser.scripting.executeScript({ target, files: ["/fill-page.js"] });
    const [answer] = await browser.scripting.executeScript({
      target,
      func: () => (globalThis as unknown as Partial<FillWorld>).__countersignFill?.lookByItself(),
    });
    const look = lookSchema.safeParse(answer?.result);
    if (!look.success || answer === undefined) return null;
    return { ...look.data, place: { tabId, frameId: 0, documentId: answer.documentId ?? documentId } };
  } catch {
    return null;
  }
}

/** Fills one code into the document that was looked at; "gone" where another has taken its place. */
export async function fillOwn(
  place: FramePlace,
  code: string,
  expectHost: string,
  then: "submit" | "leave",
): Promise<OwnFill | { readonly kind: "gone"; readonly submitted: false }> {
  try {
    const [answer] = await browser.scripting.executeScript({
      target: targetOf(place),
      func: (...args) =>
        (globalThis as unknown as Partial<FillWorld>).__countersignFill?.fillByItself(
          ...(args as Parameters<typeof fillByItself>),
        ),
      args: [code, expectHost, then],
    });
    const fill = fillSchema.safeParse(answer?.result);
    if (fill.success) return fill.data;
    // A page that moves on as soon as the code stands takes the answer with it, as in fillFrame.
    if (answer?.result == null && place.documentId !== null) return { kind: "filled", submitted: false };
  } catch {
    // As below: the frame is gone.
  }
  return { kind: "gone", submitted: false };
}
