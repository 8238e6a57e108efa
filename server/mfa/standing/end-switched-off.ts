import type { SessionMethodRow } from "../../db/mfa-schema.ts";
import type { Database } from "../../db/open.ts";
import { holdUser } from "../flow/hold-user.ts";
import { type Mfa, moduleFor } from "../mfa.ts";
import { endMethods, holdSessions } from "./session-methods.ts";

type Method = Pick<SessionMethodRow, "token_hash" | "factor_id" | "module" | "strength">;

/**
 * Ends what sessions have shown of modules that mfa.json has switched off since, or made weak, or that are not for their
 * person any more; and sign-ins by a weak one where these count no longer. At the start, as the file is read then: to look at
 * each call would cost every call. Where another factor counts, such a session is asked for it; where none does, the password
 * is enough or a factor is to be set up, as at a sign-in. What began on a remembered device has shown nothing by itself, and
 * stays until it ends.
 */
export async function endSwitchedOff(db: Database, mfa: Mfa): Promise<void> {
  const shown = await db
    .selectFrom("session_method")
    .innerJoin("session", "session.token_hash", "session_method.token_hash")
    .innerJoin("user", "user.user_id", "session.user_id")
    .select(["session_method.token_hash", "factor_id", "module", "strength", "user.user_id", "user.email"])
    .execute();
  const { weakCountsForSignIn } = mfa.policy;
  const changed = new Map<string, { sessions: Set<string>; over: Method[] }>();
  for (const { user_id, email, ...method } of shown) {
    const module = moduleFor(mfa, method.module, email);
    const isOver = module === null || (method.strength === "strong" && module.strength === "weak");
    if (!isOver && (method.strength === "strong" || weakCountsForSignIn)) continue;
    const { sessions, over } = changed.get(user_id) ?? { sessions: new Set(), over: [] };
    changed.set(user_id, {
      sessions: sessions.add(method.token_hash),
      over: isOver ? [...over, method] : over,
    });
  }
  for (const [userId, { sessions, over }] of changed)
    await db.transaction().execute(async (trx) => {
      await holdUser(trx, userId);
      await holdSessions(trx, userId);
      await endMethods(trx, { sessions: [...sessions], over }, mfa.policy);
    });
}
