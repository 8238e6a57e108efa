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

/**
 * Reads the text of the clipboard, from a document of ours; takes the permission clipboardRead.
 *
 * As above, the older command works where the document has no focus and never will: in an offscreen document, and in the
 * background page of Firefox. It pastes into a field that is taken away again.
 *
 * @returns null where the browser refuses; "" where there is no text on it
 */
export async function readClipboard(): Promise<string | null> {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return pasteByCommand();
  }
}

function pasteByCommand(): string | null {
  const field = document.createElement("textarea");
  document.body.append(field);
  field.focus();
  try {
    return document.execCommand("paste") ? field.value : null;
  } finally {
    field.remove();
  }
}
