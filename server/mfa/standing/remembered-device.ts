import { isIPv6 } from "node:net";
import type { Transaction } from "kysely";
import { bytesToBase64url, utf8 } from "../../../shared/bytes.ts";
import { hmac } from "../../../shared/crypto/mac.ts";
import type { Database } from "../../db/open.ts";
import type { Schema } from "../../db/schema.ts";
import { firstGroups, plainAddress } from "../../limits/address.ts";
import { hashToken, newToken } from "../../tokens.ts";
import { countsForSignIn, type Mfa } from "../mfa.ts";

const DAY_MS = 24 * 60 * 60_000;
/** Whatever the policy says, a year later it is asked again. */
const LONGEST_MS = 365 * DAY_MS;

/**
 * When a factor was shown on the device that has this token, where the policy wants none again for so long; null: it is to
 * be shown. It counts for signing in alone, and for as long as that factor is not removed.
 *
 * @param address where the request comes from
 */
export async function shownBefore(
  db: Database,
  mfa: Mfa,
  { userId, email, device, address }: { userId: string; email: string; device: string; address: string },
  now: number,
): Promise<number | null> {
  const { ask } = mfa.policy;
  if (ask === "always") return null;
  const row = await db
    .selectFrom("remembered_device")
    .innerJoin("factor", "factor.id", "remembered_device.factor_id")
    .select(["at", "network", "module"])
    .where("token_hash", "=", hashToken(device))
    .where("remembered_device.user_id", "=", userId)
    .executeTakeFirst();
  const mostMs = typeof ask === "object" ? ask.days * DAY_MS : LONGEST_MS;
  if (!row || Math.abs(now - row.at) > mostMs || !countsForSignIn(mfa, row.module, email)) return null;
  if (ask === "new-network" && row.network !== (await networkOf(mfa, address))) return null;
  return row.at;
}

/**
 * What is remembered of the device on which a factor was just shown; null where the policy wants it each time.
 *
 * @returns the token for the device, and the row without whose it is
 */
export async function newRemembered(
  mfa: Mfa,
  address: string,
  now: number,
): Promise<{ device: string; row: { token_hash: string; network: string; at: number } } | null> {
  if (mfa.policy.ask === "always") return null;
  const device = newToken();
  return {
    device,
    row: { token_hash: hashToken(device), network: await networkOf(mfa, address), at: now },
  };
}

/** A device that is given another token is remembered by that one alone. */
export async function forgetDevice(trx: Transaction<Schema>, device: string): Promise<void> {
  await trx.deleteFrom("remembered_device").where("token_hash", "=", hashToken(device)).execute();
}

/** Asks for a factor again on all of somebody's devices: which of them had a session that they end is not known. */
export async function forgetDevices(db: Database, userId: string): Promise<void> {
  await db.deleteFrom("remembered_device").where("user_id", "=", userId).execute();
}

/** A provider gives its customers a new address now and then, of the same network. */
async function networkOf({ networkKey }: Mfa, address: string): Promise<string> {
  const plain = plainAddress(address);
  const network = isIPv6(plain) ? firstGroups(plain, 3) : plain.split(".").slice(0, 3).join(".");
  return bytesToBase64url(await hmac(networkKey, utf8(network)));
}
