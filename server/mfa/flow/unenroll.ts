import type { Transaction } from "kysely";
import type { MfaRefusal } from "../../../shared/mfa/refusal.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { Database } from "../../db/open.ts";
import type { Schema } from "../../db/schema.ts";
import { countsForSignIn, type Mfa, moduleFor } from "../mfa.ts";
import { noteActivity } from "../notices/activity.ts";
import { namesOf, tell } from "../notices/tell.ts";
import { dropMethods, holdSessions } from "../standing/session-methods.ts";
import { mustHaveOne } from "../standing/standing.ts";
import { askedBy, type Caller } from "./challenge.ts";
import { type Factor, findFactor, listRows } from "./factor-rows.ts";
import { holdUser } from "./hold-user.ts";

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
  const { userId, email } = caller.session;
  const factor = await findFactor(db, mfa, { userId, factorId });
  if (factor === null) return err({ reason: "no-such-factor" });
  const removed = await db
    .transaction()
    .execute((trx) => remove(trx, mfa, caller, { factor, evenLast }, now));
  if (!removed.ok || factor.verified_at === null) return removed;
  const told = { userId, email, languages: caller.languages };
  await tell(db, mfa, told, { what: "removed", kind: namesOf(mfa, factor.module, email) }, now);
  const asked = await askedBy(db, mfa, caller, factor, now);
  await moduleFor(mfa, factor.module, email)?.remove(asked, factor.kept);
  return ok(undefined);
}

async function remove(
  trx: Transaction<Schema>,
  mfa: Mfa,
  { session }: Caller,
  { factor, evenLast }: { readonly factor: Factor; readonly evenLast: boolean },
  now: number,
): Promise<Result<void, MfaRefusal>> {
  const { userId, email } = session;
  // The person's row first, as everything does that changes how they get in: of two that each remove one of the last two,
  // the second finds that the other is not there any more.
  await holdUser(trx, userId);
  await holdSessions(trx, userId);
  const here = await listRows(trx, userId);
  const present = here.find(({ id }) => id === factor.id);
  if (present === undefined) return err({ reason: "no-such-factor" });
  const isSpare = (module: string) => moduleFor(mfa, module, email)?.isSpare === true;
  // One that is switched off, or too weak to let anybody in, leaves nobody with a factor.
  const lets = (row: (typeof here)[number]) =>
    row.verified_at !== null && !isSpare(row.module) && countsForSignIn(mfa, row.module, email);
  const isLast = lets(present) && !here.some((row) => row.id !== factor.id && lets(row));
  if (isLast && (await mustHaveOne(trx, mfa, session))) return err({ reason: "factor-required" });
  if (isLast && !evenLast) return err({ reason: "last-factor" });
  const gone = here.filter((row) => row.id === factor.id || (isLast && isSpare(row.module)));
  const left = here.filter((row) => row.verified_at !== null && !gone.includes(row));
  await trx
    .deleteFrom("factor")
    .where("user_id", "=", userId)
    .where(
      "id",
      "in",
      gone.map(({ id }) => id),
    )
    .execute();
  await trx.updateTable("user").set({ factors: left.length }).where("user_id", "=", userId).execute();
  if (present.verified_at === null) return ok(undefined);
  await dropMethods(trx, session, mfa.policy);
  const about = { at: now, user_id: userId, by_user: userId, module: factor.module, name: factor.name };
  await noteActivity(trx, { ...about, what: "removed" });
  return ok(undefined);
}
