import { err, ok, type Result } from "../../../shared/result.ts";

/** Hosts that the configuration names: they may be of a network of one's own, and be spoken to without encryption. */
export type Allowed = readonly string[];

/**
 * Looks at where the configuration wants calls to go.
 *
 * @returns the address, or what is wrong with it, for whoever wrote it
 */
export function parseDestination(text: string, allowed: Allowed): Result<URL, string> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:\/\//i.test(text)) return err("it must begin with https:// and a host");
  if (url.username !== "" || url.password !== "")
    return err("it must hold no name and password: put them into a header");
  if (url.hash !== "") return err("it must have nothing behind a #");
  if (url.protocol === "http:" && !isAllowed(url, allowed))
    return err('it must begin with https://: http:// is for hosts that "allow" names');
  return ok(url);
}

/** Whether the configuration names that host, written as in the address. */
export function isAllowed({ hostname }: URL, allowed: Allowed): boolean {
  return allowed.some((name) => name.toLowerCase() === hostname || `[${name.toLowerCase()}]` === hostname);
}
