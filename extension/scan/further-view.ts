import * as z from "zod/mini";
import { MOST_FURTHER_ELEMENTS } from "./page-limits.ts";
import { pageReadingSchema } from "./page-reading.ts";

const count = z.int().check(z.minimum(0), z.maximum(MOST_FURTHER_ELEMENTS));

/**
 * What the script in the page says after it has scrolled something into view; parsed on receipt, like every word from
 * there.
 */
export const furtherViewSchema = z.object({
  /** The elements that were brought into view, where they can be seen now. */
  reading: pageReadingSchema,
  /** How many views this makes, and how many elements are still out of sight. */
  shown: count,
  left: count,
});

export type FurtherView = z.infer<typeof furtherViewSchema>;
