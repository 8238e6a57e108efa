import { err, ok, type Result } from "../../shared/result.ts";
import { browser } from "./browser.ts";

/**
 * What an administrator has set for this extension (storage.managed), as the browser hands it over: nothing of it is
 * checked. Nothing is set where nobody has, which Firefox alone calls an error.
 */
export async function readManagedStorage(): Promise<Result<unknown, "unreadable">> {
  try {
    return ok(await browser.storage.managed.get(null));
  } catch (error) {
    // Mozilla's bug 1784446: the promise is rejected where there is no manifest.
    return /manifest not found/i.test(String(error)) ? ok({}) : err("unreadable");
  }
}

/** Calls back after each change of it. Firefox reads it once, when it starts. @returns stops watching */
export function watchManagedStorage(onChange: () => void): () => void {
  const listener = (_: unknown, area: string) => {
    if (area === "managed") onChange();
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}
