import { isIPv6 } from "node:net";
import { bytesToBase64url, utf8 } from "../../../shared/bytes.ts";
import { hmac } from "../../../shared/crypto/mac.ts";
import { firstGroups, plainAddress } from "../../limits/address.ts";
import type { Mfa } from "../mfa.ts";

/**
 * The network that an address is in, hashed with a key that only this server has, and for that person alone: nobody reads
 * from the database where somebody was, or who was at the same place. A provider gives its customers a new address now and
 * then, of the same network: the first 24 bits of an IPv4 address, 48 of an IPv6 one.
 */
export async function networkOf({ networkKey }: Mfa, userId: string, address: string): Promise<string> {
  const plain = plainAddress(address);
  const network = isIPv6(plain) ? firstGroups(plain, 3) : plain.split(".").slice(0, 3).join(".");
  return bytesToBase64url(await hmac(networkKey, utf8(`${userId}\n${network}`)));
}
