import type { Database } from "../../db/open.ts";
import type { Session } from "../../sessions/session.ts";
import type { Mfa } from "../mfa.ts";
import { isKnownNetwork } from "../standing/known-network.ts";
import { networkOf } from "../standing/network.ts";

/**
 * With whom somebody waits and shares what there is of challenges and messages: "again": sessions that have shown a factor
 * before; "known": those without, in a network where the person has shown one lately; "strange": all others. Whoever has
 * nothing but the password, and sits somewhere else, can so neither keep the person from showing theirs where they are signed
 * in, or where they usually are, nor use up their messages there. By session alone it would be no help: who has the password
 * begins as many as they like.
 */
export type Crowd = "again" | "known" | "strange";

/** @param caller.address where the request comes from. @param now milliseconds since 1970 UTC */
export async function crowdOf(
  db: Database,
  mfa: Mfa,
  { session, address }: { readonly session: Session; readonly address: string },
  now: number,
): Promise<Crowd> {
  if (session.factorAt !== null) return "again";
  const { userId } = session;
  const network = await networkOf(mfa, userId, address);
  return (await isKnownNetwork(db, { userId, network }, now)) ? "known" : "strange";
}
