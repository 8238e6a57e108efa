import * as z from "zod/mini";
import { browser } from "../platform/browser.ts";
import type { FillSpot, fillPage, PageFill, PageProbe, probePage } from "./page-fill.ts";

/** One frame that could be entered, and what it says. */
export interface FrameProbe extends PageProbe {
  readonly frameId: number;
  /** Changes when the frame goes to another page; null in browsers that do not say. */
  readonly documentId: string | null;
}

/** A frame as it was when it was looked at: a script is not let into what took its place. */
export interface FramePlace {
  readonly tabId: number;
  readonly frameId: number;
  readonly documentId: string | null;
}

interface FillWorld {
  readonly __countersignFill: { readonly probe: typeof probePage; readonly fill: typeof fillPage };
}

/** What executeScript is given to reach that frame, and only as it was. */
export function targetOf({ tabId, frameId, documentId }: FramePlace) {
  return documentId === null ? { tabId, frameIds: [frameId] } : { tabId, documentIds: [documentId] };
}

// What a frame answers was made in the process of a page: it is read like any stranger's message.
const refusal = z.nullable(
  z.enum([
    "password",
    "card",
    "captcha",
    "recovery-code",
    "sent-code",
    "other-code",
    "wrong-length",
    "no-digits",
  ]),
);
const probeSchema = z.object({
  origin: z.string(),
  verdict: z.enum(["sure", "unsure", "none"]),
  codes: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  refusal,
  bare: z.nullable(z.enum(["focus", "secret", "picture"])),
  focused: z.enum(["field", "password", "card", "none"]),
  closedFrames: z.array(z.string()),
  focusedFrame: z.nullable(z.string()),
}) satisfies z.ZodMiniType<PageProbe>;
const fillSchema = z.union([
  z.object({
    kind: z.enum(["filled", "did-not-stick", "does-not-fit", "no-field", "unsure", "moved", "not-empty"]),
  }),
  z.object({ kind: z.literal("refused-field"), what: z.enum(["password", "card"]) }),
]) satisfies z.ZodMiniType<PageFill>;

/**
 * Looks at every frame of a tab that may be entered: with activeTab the top frame and those of its origin, and the
 * frames whose origin the person has allowed.
 *
 * @returns an empty list where no frame may be entered, or the tab is gone
 */
export async function probeTab(tabId: number): Promise<FrameProbe[]> {
  const target = { tabId, allFrames: true };
  try {
    await browser.scripting.executeScript({ target, files: ["/fill-page.js"] });
    const results = await browser.scripting.executeScript({
      target,
      func: () => (globalThis as unknown as Partial<FillWorld>).__countersignFill?.probe(),
    });
    return results.flatMap(({ frameId, documentId, result }) => {
      const probe = probeSchema.safeParse(result);
      return probe.success ? [{ ...probe.data, frameId, documentId: documentId ?? null }] : [];
    });
  } catch {
    // The browser's words differ by browser and version; all of them mean that scripts are not let in.
    return [];
  }
}

/**
 * Fills one code into a frame that was looked at before.
 *
 * @returns "gone" where the frame has gone to another page, or the tab was closed
 */
export async function fillFrame(
  place: FramePlace,
  code: string,
  spot: FillSpot,
  expectHost: string,
): Promise<PageFill | { readonly kind: "gone" }> {
  try {
    const [answer] = await browser.scripting.executeScript({
      target: targetOf(place),
      func: (...args) =>
        (globalThis as unknown as Partial<FillWorld>).__countersignFill?.fill(
          ...(args as [string, FillSpot, string]),
        ),
      args: [code, spot, expectHost],
    });
    const fill = fillSchema.safeParse(answer?.result);
    if (fill.success) return fill.data;
    // The page that submits as soon as the last digit stands takes the answer with it: the code had arrived. Where the
    // browser names no document, an empty answer may as well come from another page, which knows nothing of codes.
    return answer?.result == null && place.documentId !== null ? { kind: "filled" } : { kind: "gone" };
  } catch {
    return { kind: "gone" };
  }
}
