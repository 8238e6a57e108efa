import type { Lack } from "../../shared/mfa/refusal.ts";
import type { Context } from "../context.ts";
import { adoptBound } from "../mfa/bindings/adopt-bound.ts";
import { lackOf } from "../mfa/standing/standing.ts";
import { findSession } from "../sessions/session.ts";

/** What signing in wants of a session that has just begun; null: nothing more. Outside systems are asked whether they know its person. */
export async function lackOfNew({ db, mfa, address, now }: Context, token: string): Promise<Lack | null> {
  const begun = await findSession(db, token, now);
  if (begun === null) return null;
  await adoptBound(db, mfa, { session: begun, address, languages: [] }, now);
  const session = await findSession(db, token, now);
  return session && lackOf(db, mfa, session, "use", now);
}
