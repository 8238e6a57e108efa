/**
 * The site an address belongs to, as an entry remembers it ("host" or "host:port", punycode, no default port).
 *
 * @returns null where no code may ever be filled in: anything but https and loopback, and addresses without a host
 */
export function siteOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, host, hostname } = new URL(url);
  if (host === "") return null;
  if (protocol === "https:") return host;
  return protocol === "http:" && isLoopback(hostname) ? host : null;
}

/** What browsers count as this machine (secure contexts, section 3.1): names under localhost, 127/8 and [::1]. */
function isLoopback(hostname: string): boolean {
  return /^(?:.+\.)?localhost$|^127\.\d+\.\d+\.\d+$|^\[::1\]$/.test(hostname);
}
