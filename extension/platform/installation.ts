import { browser } from "./browser.ts";
import { browserNameOf } from "./browser-name.ts";

/**
 * Whether the browser forgets this extension when it closes: Firefox does so with one that was loaded temporarily, in
 * about:debugging. Chromium keeps an unpacked one. Both call either "development".
 */
export async function isForgottenAtExit(): Promise<boolean> {
  if (browserNameOf(location.href) !== "firefox") return false;
  const { installType } = await browser.management.getSelf();
  return installType === "development";
}
