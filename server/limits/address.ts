import { isIPv6 } from "node:net";

/**
 * An address in one spelling, without the port that some proxies say with it: an IPv4 address that came by IPv6 is that of
 * IPv4. What is none stays as it is.
 */
export function plainAddress(said: string): string {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(said)?.[1] ?? said.replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1");
  return bare.replace(/^::ffff:(?=\d+\.)/i, "");
}

/**
 * What one caller is known by: whoever has an address of IPv6 has the 64 bits behind its network to choose from (RFC 4291
 * section 2.5.1), and would be somebody else with each.
 */
export function callerAddress(said: string): string {
  const plain = plainAddress(said);
  return isIPv6(plain) ? `${firstGroups(plain, 4)}::` : plain;
}

/** So many groups of 16 bits of an IPv6 address, whatever its spelling. */
export function firstGroups(address: string, count: number): string {
  const [left = "", right] = address.split("%")[0]?.split("::") ?? [];
  const [before, after] = [left, right ?? ""].map((part) => (part === "" ? [] : part.split(":")));
  const missing = right === undefined ? 0 : 8 - (before?.length ?? 0) - (after?.length ?? 0);
  const groups = [...(before ?? []), ...Array<string>(Math.max(missing, 0)).fill("0"), ...(after ?? [])];
  return groups
    .slice(0, count)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
