import type { Input } from "../../../shared/mfa/form.ts";
import { readInput } from "../../../shared/mfa/form.ts";
import type { MfaRefusal } from "../../../shared/mfa/refusal.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { Database } from "../../db/open.ts";
import { newId } from "../../tokens.ts";
import { MOST, UNPROVEN_MS } from "../limits.ts";
import { type Mfa, moduleFor } from "../mfa.ts";
import { askedBy, type Caller, type Challenge, challengeOf } from "./challenge.ts";
import { listRows, ownNameOf, sealKept } from "./factor-rows.ts";

/**
 * Begins to set up a factor, and asks for its first proof at once. It counts for nothing before that proof was right
 * (verifyFactor): until then the person has what they had before, and a wrong proof leaves it to be tried again.
 *
 * @param wish.name what the person calls it; null or blank: nothing
 * @returns the challenge, and what is shown this once: the secret of an authenticator, the codes of a set
 */
export async function enroll(
  db: Database,
  mfa: Mfa,
  caller: Caller,
  wish: { readonly module: string; readonly name: string | null; readonly input: Input },
  now: number,
): Promise<Result<Challenge, MfaRefusal>> {
  const { userId, email } = caller.session;
  const module = moduleFor(mfa, wish.module, email);
  if (module === null) return err({ reason: "no-such-module" });
  const input = readInput(module.setUpForm, wish.input);
  if (!input.ok) return err({ reason: "malformed" });
  const rows = await listRows(db, userId);
  const present = rows.filter((row) => row.verified_at !== null || now - row.made_at <= UNPROVEN_MS);
  if (present.length >= MOST.factors) return err({ reason: "too-many" });
  const hasOther = rows.some(
    (row) => row.verified_at !== null && moduleFor(mfa, row.module, email)?.isSpare === false,
  );
  if (module.isSpare && !hasOther) return err({ reason: "needs-another" });
  const id = newId();
  const row = {
    id,
    user_id: userId,
    module: module.id,
    name: ownNameOf(wish.name),
    rev: 1,
    made_at: now,
    verified_at: null,
    used_at: null,
  };
  const begun = await module.beginSetUp(await askedBy(db, mfa, caller, row, now), input.value);
  if (!begun.ok) return begun;
  const { kept, shown } = begun.value;
  const sealed = await sealKept(mfa, { what: "factor", factorId: id, id }, kept);
  await db.transaction().execute(async (trx) => {
    await trx
      .deleteFrom("factor")
      .where("user_id", "=", userId)
      .where("verified_at", "is", null)
      .where("made_at", "<", now - UNPROVEN_MS)
      .execute();
    await trx
      .insertInto("factor")
      .values({ ...row, kept: sealed })
      .execute();
  });
  const challenge = await challengeOf(db, mfa, caller, { factor: { ...row, kept }, module }, now);
  if (!challenge.ok) {
    // Nobody knows of it yet, and what it would be proven by could not be sent.
    await db.deleteFrom("factor").where("id", "=", id).execute();
    return challenge;
  }
  return ok({ ...challenge.value, shown: [...shown, ...challenge.value.shown] });
}
