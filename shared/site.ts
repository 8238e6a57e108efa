/**
 * The site an address belongs to, as an entry remembers it: "host" or "host:port" as in URL.host (punycode, without the
 * default port).
 *
 * @returns null where no code may ever be filled in
 */
export function siteOfUrl(address: string | null): string | null {
  return parseSiteUrl(address)?.host ?? null;
}

/**
 * The address of a page that may be bound to. Guards, in this order: it parses, it carries no user name
 * ("https://bank.example@evil.example"), it has a host, it is https or this machine itself.
 */
export function parseSiteUrl(address: string | null): URL | null {
  if (address === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.username !== "" || url.password !== "" || url.host === "") return null;
  if (url.protocol === "https:") return url;
  return url.protocol === "http:" && isLoopback(url.hostname) ? url : null;
}

/**
 * What browsers count as this machine (Secure Contexts, section 3.1): names under localhost, 127/8 and [::1]. The parser
 * has normalised the host before: 127.1 and 0x7f000001 arrive as 127.0.0.1.
 */
function isLoopback(hostname: string): boolean {
  return /^(?:.+\.)?localhost$|^127\.\d+\.\d+\.\d+$|^\[::1\]$/.test(hostname);
}
