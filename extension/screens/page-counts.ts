import * as z from "zod/mini";
import { browser } from "../platform/browser.ts";

const count = z.int().check(z.gte(0));

// What a frame answers was made in the process of a page: numbers under these names, and nothing else gets through.
const countsSchema = z.object({
  width: count,
  height: count,
  fields: z.object({
    text: count,
    tel: count,
    number: count,
    email: count,
    password: count,
    textarea: count,
    other: count,
  }),
  pictures: z.object({ img: count, svg: count, canvas: count, video: count }),
  frames: count,
});

/** How many of what a page has: numbers only, no word of it. */
export type PageCounts = z.infer<typeof countsSchema>;

/**
 * Counts what is in each frame of a tab that may be entered.
 *
 * @returns the top frame first; none where no script is let in
 */
export async function countPage(tabId: number): Promise<PageCounts[]> {
  try {
    const target = { tabId, allFrames: true };
    const results = await browser.scripting.executeScript({ target, func: countDocument });
    return [...results]
      .sort((one, two) => one.frameId - two.frameId)
      .flatMap(({ result }) => {
        const counts = countsSchema.safeParse(result);
        return counts.success ? [counts.data] : [];
      });
  } catch {
    return [];
  }
}

/** Runs in the page, so it may use nothing from outside itself. */
function countDocument(): PageCounts {
  const all = (selector: string) => document.querySelectorAll(selector).length;
  const typed = (type: string) =>
    [...document.querySelectorAll("input")].filter((input) => input.type === type).length;
  const known = { tel: typed("tel"), number: typed("number"), email: typed("email") };
  const text = typed("text");
  const password = typed("password");
  const other = all("input") - text - password - known.tel - known.number - known.email;
  return {
    width: Math.max(0, Math.round(innerWidth)),
    height: Math.max(0, Math.round(innerHeight)),
    fields: { text, ...known, password, textarea: all("textarea"), other },
    pictures: { img: all("img"), svg: all("svg"), canvas: all("canvas"), video: all("video") },
    frames: all("iframe, frame"),
  };
}
