import { browser } from "./browser.ts";

/** Not in webextension-polyfill's types; the polyfill passes the browser's own one through. Firefox has none. */
type Offscreen = {
  createDocument(options: { url: string; reasons: string[]; justification: string }): Promise<void>;
  closeDocument(): Promise<void>;
};

const { offscreen } = browser as { offscreen?: Offscreen };

/** Whether this browser's worker has no document, and can open one that nobody sees. */
export function hasOffscreen(): boolean {
  return offscreen !== undefined;
}

/**
 * Opens the offscreen document for the clipboard, does something while it is there, and closes it again. There is one
 * at most: whoever calls this holds a lock, and what a worker left open that died meanwhile is closed first.
 *
 * @param path of one of our pages
 */
export async function withClipboardDocument<T>(path: string, work: () => Promise<T>): Promise<T> {
  if (offscreen === undefined) throw Error("this browser has no offscreen documents");
  await offscreen.closeDocument().catch(() => {});
  // Resolves once the page has loaded, and with it the script that listens.
  await offscreen.createDocument({
    url: path,
    reasons: ["CLIPBOARD"],
    justification: "Clears a copied code off the clipboard, if it is still there",
  });
  try {
    return await work();
  } finally {
    await offscreen.closeDocument().catch(() => {});
  }
}
