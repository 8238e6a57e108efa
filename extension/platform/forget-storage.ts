import { browser } from "./browser.ts";

/** Empties storage.session, and storage.local but for these keys. */
export async function forgetStorage(keptLocally: readonly string[]): Promise<void> {
  const keys = Object.keys(await browser.storage.local.get(null));
  await Promise.all([
    browser.storage.session.clear(),
    browser.storage.local.remove(keys.filter((key) => !keptLocally.includes(key))),
  ]);
}
