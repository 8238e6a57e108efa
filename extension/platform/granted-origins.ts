import { browser } from "./browser.ts";

/** Gives back every permission for a site that was granted after the install. */
export async function forgetGrantedOrigins(): Promise<void> {
  const { origins = [] } = await browser.permissions.getAll();
  if (origins.length > 0) await browser.permissions.remove({ origins });
}
