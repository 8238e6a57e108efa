import { KNOWN_ISSUERS, type KnownIssuer } from "./issuer-table.ts";

/**
 * The service an issuer name stands for, by exact name: an unknown name must not look like a known brand, so "Not
 * GitHub Ltd" finds nothing. What follows a known name after a separator doesn't matter ("GitHub - work",
 * "GitHub (alice)"), and a name that is a host ("github.com") is looked up as one.
 */
export function findKnownByName(issuer: string): KnownIssuer | null {
  const whole = normaliseIssuer(issuer);
  const beforeSeparator = normaliseIssuer(whole.split(/ [-–—|/·•] | ?[([]|: ?/)[0] ?? "");
  for (const name of [whole, beforeSeparator]) {
    const service = knownByName.get(name) ?? findKnownByHost(name);
    if (service) return service;
  }
  return null;
}

/** The service of the first known one among an entry's sites ("host", "host:port" or "*.domain"). */
export function findKnownBySites(sites: readonly string[]): KnownIssuer | null {
  for (const site of sites) {
    const service = findKnownByHost(site.replace(/^\*\./, "").replace(/:\d+$/, ""));
    if (service) return service;
  }
  return null;
}

/** Lower case, compatibility characters unfolded, single blanks, and without the legal form of the company. */
export function normaliseIssuer(name: string): string {
  const plain = name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  return plain.replace(/(,? (inc|llc|ltd|limited|gmbh|ag|plc|corp|corporation|co)\.?,?)+$/, "");
}

function findKnownByHost(host: string): KnownIssuer | null {
  for (let rest = host; rest.includes("."); rest = rest.slice(rest.indexOf(".") + 1)) {
    const service = knownByHost.get(rest);
    if (service) return service;
  }
  return null;
}

const knownByName = new Map<string, KnownIssuer>();
const knownByHost = new Map<string, KnownIssuer>();
for (const service of KNOWN_ISSUERS) {
  // Normalised but for the capitals, which a test holds: normalising them here took 2 ms of each popup's opening.
  for (const name of service.names) knownByName.set(name.toLowerCase(), service);
  for (const host of service.hosts) knownByHost.set(host, service);
}
