import type { Transaction } from "kysely";
import type { MfaRefusal } from "../../shared/mfa/refusal.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";
import { noteActivity } from "./activity.ts";
import { askedBy, type Caller } from "./challenge.ts";
import { findFactor, listRows } from "./factor-rows.ts";
import { type Mfa, moduleFor } from "./mfa.ts";
import { dropMethods } from "./session-methods.ts";
import { mustHaveOne } from "./standing.ts";
import { namesOf, tell } from "./tell.ts";

/**
 * Takes one of somebody's factors away. The last one goes only where that was said, and where the policy wants none of them;
 * spare ones, which are nothing without it, go along.
 *
 * @param wish.evenLast whether they know that the password alone lets in from then on
 */
export async function unenroll(
  db: Database,
  mfa: Mfa,
  caller: Caller,
  { factorId, evenLast }: { readonly factorId: string; readonly evenLast: boolean },
  now: number,
): Promise<Result<void, MfaRefusal>> {
  const { session } = caller;
  const { userId, email } = session;
  const factor = await findFactor(db, mfa, { userId, factorId });
  if (factor === null) return err({ reason: "no-such-factor" });
  if (factor.verified_at === null) {
    await db.deleteFrom("factor").where("id", "=", factorId).where("verified_at", "is", null).execute();
    return ok(undefined);
  }
  const others = (await listRows(db, userId)).filter(
    (row) => row.id !== factorId && row.verified_at !== null,
  );
  const isSpare = (module: string) => moduleFor(mfa, module, email)?.isSpare === true;
  const isLast = !isSpare(factor.module) && others.every((row) => isSpare(row.module));
  if (isLast && (await mustHaveOne(db, mfa, session))) return err({ reason: "factor-required" });
  if (isLast && !evenLast) return err({ reason: "last-factor" });
  const gone = isLast ? [factorId, ...others.map(({ id }) => id)] : [factorId];
  const left = isLast ? [] : others.map(({ id }) => id);
  const removed = await db.transaction().execute(async (trx) => {
    // The person's row first, as everything does that changes how they get in: of two that each remove one of the last two,
    // the second finds that the other is not there any more.
    const count = { user_id: userId, gone, left };
    if (!(await remove(trx, count))) return false;
    await dropMethods(trx, session);
    const about = { at: now, user_id: userId, by_user: userId, module: factor.module, name: factor.name };
    await noteActivity(trx, { ...about, what: "removed" });
    return true;
  });
  if (!removed) return err({ reason: "last-factor" });
  const told = { email, languages: caller.languages };
  tell(mfa, told, { what: "removed", kind: namesOf(mfa, factor.module, email) }, now);
  const asked = await askedBy(db, mfa, caller, factor, now);
  await moduleFor(mfa, factor.module, email)?.remove(asked, factor.kept);
  return ok(undefined);
}

/** @returns false where others than were looked at are left by now: then nothing is removed */
async function remove(
  trx: Transaction<Schema>,
  { user_id, gone, left }: { user_id: string; gone: readonly string[]; left: readonly string[] },
): Promise<boolean> {
  await trx
    .updateTable("user")
    .set(({ ref }) => ({ factors: ref("factors") }))
    .where("user_id", "=", user_id)
    .execute();
  const here = await trx
    .selectFrom("factor")
    .select("id")
    .where("user_id", "=", user_id)
    .where("verified_at", "is not", null)
    .execute();
  const ids = here.map(({ id }) => id);
  if (!left.every((id) => ids.includes(id)) || !ids.includes(gone[0] ?? "")) return false;
  await trx
    .deleteFrom("factor")
    .where("user_id", "=", user_id)
    .where("id", "in", [...gone])
    .execute();
  const factors = ids.filter((id) => !gone.includes(id)).length;
  await trx.updateTable("user").set({ factors }).where("user_id", "=", user_id).execute();
  return true;
}
