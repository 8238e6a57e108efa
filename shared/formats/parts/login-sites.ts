import { siteOfUrl } from "../../site.ts";
import { textOf } from "./entry-fields.ts";

/** More addresses than a login has; keeps a hostile file from filling an entry. */
const MOST_SITES = 50;

/**
 * The hosts that a login of a password manager belongs to, out of its addresses. Addresses of apps and whatever can't be
 * parsed are left out. An address written with http is taken for its host: codes are filled in over https all the same.
 */
export function sitesOfLogin(addresses: readonly unknown[]): string[] {
  const sites = addresses.flatMap((address) => siteOf(textOf(address)) ?? []);
  return [...new Set(sites)].slice(0, MOST_SITES);
}

function siteOf(address: string): string | null {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(address);
  // Without a scheme, only what has the look of a host is one.
  if (!hasScheme && !/^(?:[^\s/.]+\.)+[^\s/.]+(?:\/|$)/.test(address)) return null;
  const url = hasScheme ? address : `https://${address}`;
  return siteOfUrl(url) ?? siteOfUrl(url.replace(/^http:/i, "https:"));
}
