import { parseSiteUrl } from "../../shared/site.ts";
import { decodePunycode } from "./punycode.ts";

export { siteOfUrl } from "../../shared/site.ts";

/**
 * Says whether an entry is bound to the site of a frame, whose address passes the guards of parseSiteUrl first. A
 * sandboxed frame reports the origin "null", which does not parse.
 *
 * @param sites "host" or "host:port" as in URL.host (exactly that host), "*.domain" (the domain and all below it, at
 *   the default port)
 * @param frameUrl the frame's own address or origin, never the tab's
 */
export function matchSite(sites: readonly string[], frameUrl: string): SiteMatch | null {
  return siteMatcher(frameUrl)(sites);
}

export type SiteMatch = "exact" | "domain";

/** The same for one address and many entries: parsing an address takes longer than all the rest. */
export function siteMatcher(frameUrl: string): (sites: readonly string[]) => SiteMatch | null {
  const url = parseSiteUrl(frameUrl);
  if (url === null) return () => null;
  const { host, hostname, port } = url;
  const mayBeBelow = port === "" && !isAddress(hostname);
  return (sites) => {
    if (sites.includes(host)) return "exact";
    const isDomain = sites.some((site) => {
      const domain = site.startsWith("*.") ? site.slice(2) : "";
      if (!domain.includes(".") || !mayBeBelow) return false;
      return hostname === domain || hostname.endsWith(`.${domain}`);
    });
    return isDomain ? "domain" : null;
  };
}

/** A host as people have to see it before they trust it. */
export interface HostDescription {
  /** As the browser and the entry know it, "xn--pple-43d.com". */
  readonly ascii: string;
  /** As it would be drawn; looks like another where letters of two alphabets look alike. */
  readonly unicode: string;
  readonly isPunycode: boolean;
}

/** Describes a host for the confirmation that names it in full. */
export function describeHost(host: string): HostDescription {
  const unicode = host
    .split(".")
    .map((label) => (label.startsWith("xn--") ? (decodePunycode(label.slice(4)) ?? label) : label))
    .join(".");
  return { ascii: host, unicode, isPunycode: /(?:^|\.)xn--/.test(host) };
}

/** Whether a host is an IP address: it has no domain above it. */
export function isAddress(hostname: string): boolean {
  return hostname.startsWith("[") || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(hostname);
}
