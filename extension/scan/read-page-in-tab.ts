import { browser } from "../platform/browser.ts";
import { type PageReading, pageReadingSchema } from "./page-reading.ts";

/** A page that is busy with itself answers late or never; the screenshot must do then. */
const PATIENCE_MS = 4_000;

/**
 * Puts the reading script into a frame of the tab and waits for what it says.
 *
 * @param frameId 0 for the top document
 * @returns null where the browser lets no script in, the page does not answer, or what came back is not a reading
 */
export async function readPageInTab(tabId: number, frameId: number): Promise<PageReading | null> {
  const injected = browser.scripting
    .executeScript({
      target: { tabId, frameIds: [frameId] },
      files: ["/read-page.js"],
      // Not only when the page has loaded completely: a picture that never comes would hold up the scan.
      injectImmediately: true,
    })
    .then(
      ([injection]) => injection?.result as unknown,
      () => null,
    );
  const tooLate = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  const parsed = pageReadingSchema.safeParse(await Promise.race([injected, tooLate]));
  return parsed.success ? parsed.data : null;
}
