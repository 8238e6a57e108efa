import { SERVICES, type Service } from "./services.ts";

/**
 * The service an issuer name stands for, by exact name: an unknown name must not look like a known brand, so "Not
 * GitHub Ltd" finds nothing. What follows a known name after a separator doesn't matter ("GitHub - work",
 * "GitHub (alice)"), and a name that is a host ("github.com") is looked up as one.
 */
export function findServiceByIssuer(issuer: string): Service | null {
  const whole = normaliseIssuer(issuer);
  const beforeSeparator = normaliseIssuer(whole.split(/ [-–—|/·•] | ?[([]|: ?/)[0] ?? "");
  for (const name of [whole, beforeSeparator]) {
    const service = servicesByName.get(name) ?? findServiceByHost(name);
    if (service) return service;
  }
  return null;
}

/** The service of the first known one among an entry's sites ("host", "host:port" or "*.domain"). */
export function findServiceBySites(sites: readonly string[]): Service | null {
  for (const site of sites) {
    const service = findServiceByHost(site.replace(/^\*\./, "").replace(/:\d+$/, ""));
    if (service) return service;
  }
  return null;
}

/** Lower case, compatibility characters unfolded, single blanks, and without the legal form of the company. */
export function normaliseIssuer(name: string): string {
  const plain = name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  return plain.replace(/(,? (inc|llc|ltd|limited|gmbh|ag|plc|corp|corporation|co)\.?,?)+$/, "");
}

function findServiceByHost(host: string): Service | null {
  for (let rest = host; rest.includes("."); rest = rest.slice(rest.indexOf(".") + 1)) {
    const service = servicesByHost.get(rest);
    if (service) return service;
  }
  return null;
}

const servicesByName = new Map<string, Service>();
const servicesByHost = new Map<string, Service>();
for (const service of SERVICES) {
  for (const name of service.names) servicesByName.set(normaliseIssuer(name), service);
  for (const host of service.hosts) servicesByHost.set(host, service);
}
