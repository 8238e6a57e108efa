import { browser } from "../platform/browser.ts";
import { forgetCopied } from "./copied-code.ts";

/**
 * Whether copied codes are cleared is one thing with the permission to read the clipboard: nothing else needs it, and so
 * whoever takes it away in the browser's own settings has switched the clearing off, and no note of ours can disagree.
 */
const READ_CLIPBOARD = { permissions: ["clipboardRead" as const] };

export function isClearingOn(): Promise<boolean> {
  return browser.permissions.contains(READ_CLIPBOARD);
}

/** Asks for the permission; to be called first thing within the press. @returns whether it was given */
export function switchClearingOn(): Promise<boolean> {
  return browser.permissions.request(READ_CLIPBOARD).catch(() => false);
}

/** Gives the permission back. */
export async function switchClearingOff(): Promise<void> {
  await browser.permissions.remove(READ_CLIPBOARD);
  await forgetCopied();
}

/** Calls back whenever the permission was given or taken, by whomever. @returns stops watching */
export function watchClearingSwitch(onChange: (on: boolean) => void): () => void {
  const look = () => void isClearingOn().then(onChange);
  browser.permissions.onAdded.addListener(look);
  browser.permissions.onRemoved.addListener(look);
  return () => {
    browser.permissions.onAdded.removeListener(look);
    browser.permissions.onRemoved.removeListener(look);
  };
}
