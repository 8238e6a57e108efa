import type { Transaction } from "kysely";
import type { Database } from "../../db/open.ts";
import type { Schema } from "../../db/schema.ts";
import { hashToken, newToken } from "../../tokens.ts";
import { countsForSignIn, type Mfa } from "../mfa.ts";
import { networkOf } from "./network.ts";

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
  if (ask === "new-network" && row.network !== (await networkOf(mfa, userId, address))) return null;
  return row.at;
}

/**
 * What is remembered of the device on which a factor was just shown; null where the policy wants it each time.
 *
 * @param network in which it was (networkOf)
 * @returns the token for the device, and the row without whose it is
 */
export function newRemembered(
  { policy }: Mfa,
  network: string,
  now: number,
): { device: string; row: { token_hash: string; network: string; at: number } } | null {
  if (policy.ask === "always") return null;
  const device = newToken();
  return { device, row: { token_hash: hashToken(device), network, at: now } };
}

/** A device that is given another token is remembered by that one alone. */
export async function forgetDevice(trx: Transaction<Schema>, device: string): Promise<void> {
  await trx.deleteFrom("remembered_device").where("token_hash", "=", hashToken(device)).execute();
}

/** Asks for a factor again on all of somebody's devices: which of them had a session that they end is not known. */
export async function forgetDevices(db: Database, userId: string): Promise<void> {
  await db.deleteFrom("remembered_device").where("user_id", "=", userId).execute();
}
