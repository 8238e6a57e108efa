import { browser } from "./browser.ts";

/** Whether our button stands on the browser's toolbar itself; null where the browser doesn't tell. */
export async function isOnToolbar(): Promise<boolean | null> {
  const settings = await browser.action.getUserSettings?.().catch(() => null);
  return settings?.isOnToolbar ?? null;
}

/** Calls back when that may have changed: told by the browser, or the person comes back. @returns stops watching */
export function watchToolbar(onChange: () => void): () => void {
  browser.action.onUserSettingsChanged?.addListener(onChange);
  addEventListener("focus", onChange);
  return () => {
    browser.action.onUserSettingsChanged?.removeListener(onChange);
    removeEventListener("focus", onChange);
  };
}
