import { getDomain } from "tldts";
import { isAddress } from "./match-site.ts";

/**
 * The pattern that stands for a host and everything its owner has: "*.example.co.uk" for "login.example.co.uk".
 *
 * Asks the public suffix list bundled with tldts, its private part included, so that alice.github.io and bob.github.io
 * stay strangers. In a file of its own: the list is 40 kB, and only this question needs it.
 *
 * @param host as in URL.host
 * @returns null for addresses, names without a dot, public suffixes, and hosts with a port (another service)
 */
export function domainPattern(host: string): string | null {
  if (host.includes(":") || isAddress(host)) return null;
  const domain = getDomain(host, { allowPrivateDomains: true, extractHostname: false });
  return domain === null ? null : `*.${domain}`;
}
