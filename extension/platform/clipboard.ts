/**
 * Puts text on the clipboard, from a page of ours.
 *
 * The clipboard API refuses a document without focus ("Document is not focused"), which is what a popup is for a moment
 * when a menu or a key opened it; the older command takes its permission from the manifest and asks for no focus.
 *
 * @returns whether the browser took it
 */
export async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByCommand(text);
  }
}

function copyByCommand(text: string): boolean {
  let isTaken = false;
  const put = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData("text/plain", text);
    isTaken = event.clipboardData !== null;
  };
  addEventListener("copy", put, { capture: true });
  try {
    return document.execCommand("copy") && isTaken;
  } finally {
    removeEventListener("copy", put, { capture: true });
  }
}
