import { browser } from "./browser.ts";

/** The patterns of addresses that were permitted after the install. */
export async function grantedOrigins(): Promise<readonly string[]> {
  return (await browser.permissions.getAll()).origins ?? [];
}

/** Gives such permissions back. One that the browser holds on to (a policy of the organisation) stays. */
export async function giveBackOrigins(patterns: readonly string[]): Promise<void> {
  await browser.permissions.remove({ origins: [...patterns] }).catch(() => false);
}

/** Gives back every permission for a site that was granted after the install. */
export async function forgetGrantedOrigins(): Promise<void> {
  const origins = await grantedOrigins();
  if (origins.length > 0) await browser.permissions.remove({ origins: [...origins] });
}

/** Calls back after a permission was given or taken away, by whomever. @returns stops watching */
export function watchGrantedOrigins(onChange: () => void): () => void {
  const { onAdded, onRemoved } = browser.permissions;
  onAdded.addListener(onChange);
  onRemoved.addListener(onChange);
  return () => {
    onAdded.removeListener(onChange);
    onRemoved.removeListener(onChange);
  };
}
