import type { Database } from "../../db/open.ts";
import { newId } from "../../tokens.ts";
import { askedBy, type Caller } from "../flow/challenge.ts";
import { listRows, sealKept } from "../flow/factor-rows.ts";
import { holdUser } from "../flow/hold-user.ts";
import { type Mfa, modulesFor } from "../mfa.ts";
import { noteActivity } from "../notices/activity.ts";
import { tell } from "../notices/tell.ts";

/**
 * Makes factors of what outside systems say that somebody is bound to there already, so that they are asked for it, and are told. Where
 * one can't be asked now, nothing changes: a factor that was adopted before is asked for all the same.
 */
export async function adoptBound(db: Database, mfa: Mfa, caller: Caller, now: number): Promise<void> {
  const { userId, email } = caller.session;
  const outside = modulesFor(mfa, email).filter((module) => module.findBound !== undefined);
  if (outside.length === 0) return;
  const rows = await listRows(db, userId);
  const unknown = outside.filter(
    ({ id }) => !rows.some((row) => row.module === id && row.verified_at !== null),
  );
  await Promise.all(
    unknown.map(async (module) => {
      const id = newId();
      const factor = { id, module: module.id, verified_at: null };
      const kept = await module.findBound?.(await askedBy(db, mfa, caller, factor, now));
      if (kept == null) return;
      const sealed = await sealKept(mfa, { what: "factor", factorId: id, id }, kept);
      const row = { id, user_id: userId, module: module.id, name: null, kept: sealed, rev: 1, made_at: now };
      const isNew = await db.transaction().execute(async (trx) => {
        await holdUser(trx, userId);
        const there = await trx
          .selectFrom("factor")
          .select("id")
          .where("user_id", "=", userId)
          .where("module", "=", module.id)
          .where("verified_at", "is not", null)
          .executeTakeFirst();
        if (there) return false;
        await trx
          .insertInto("factor")
          .values({ ...row, verified_at: now, used_at: null })
          .execute();
        await trx
          .updateTable("user")
          .set(({ eb }) => ({ factors: eb("factors", "+", 1) }))
          .where("user_id", "=", userId)
          .execute();
        await noteActivity(trx, {
          at: now,
          user_id: userId,
          by_user: null,
          what: "added",
          module: module.id,
          name: null,
        });
        return true;
      });
      if (isNew)
        await tell(db, mfa, { userId, email, languages: [] }, { what: "added", kind: module.names }, now);
    }),
  );
}
