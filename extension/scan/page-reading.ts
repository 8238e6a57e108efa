import * as z from "zod/mini";
import { MOST_CONTENT_CHARS, MOST_ELEMENTS } from "./page-limits.ts";

/** What may carry a code in a page. "frame" is a frame of another origin: only the screenshot shows what is in it. */
export const ELEMENT_KINDS = [
  "img",
  "canvas",
  "svg",
  "background",
  "video",
  "input",
  "object",
  "table",
  "text",
  "frame",
] as const;
export type ElementKind = (typeof ELEMENT_KINDS)[number];

const finite = z.number();
const side = z.number().check(z.nonnegative());
const text = z.string().check(z.maxLength(MOST_CONTENT_CHARS));

const contentSchema = z.discriminatedUnion("kind", [
  /** A data: URL of an image: the page's own, or pixels drawn to a canvas as PNG. */
  z.object({ kind: z.literal("image"), dataUrl: text }),
  z.object({ kind: z.literal("svg"), text }),
]);

const elementSchema = z.object({
  kind: z.enum(ELEMENT_KINDS),
  /** CSS pixels from the left and top edge of what is seen of the top document; null where the place is not known. */
  box: z.nullable(z.object({ x: finite, y: finite, width: side, height: side })),
  /** Whether any of it lies within what is seen. */
  isVisible: z.boolean(),
  /** What a script may read of it; null for pictures of other origins, frames, tables and text. */
  content: z.nullable(contentSchema),
  /** The address a frame of another origin was given: the page's claim, it may have moved on since. */
  frameUrl: z.nullable(z.string().check(z.maxLength(4096))),
});

/**
 * What the script in the page brings back. It is parsed on receipt: the script shares its process with the page, and
 * a broken renderer may send anything.
 */
export const pageReadingSchema = z.object({
  /** What is seen of the top document, in CSS pixels as drawn (scroll bars and pinch zoom included). */
  viewport: z.object({ width: side, height: side, devicePixelRatio: side }),
  elements: z.array(elementSchema).check(z.maxLength(MOST_ELEMENTS)),
  /** False where the page has more than could be gone through in time. */
  isComplete: z.boolean(),
});

export type PageReading = z.infer<typeof pageReadingSchema>;
export type PageElement = PageReading["elements"][number];
export type ElementContent = z.infer<typeof contentSchema>;
