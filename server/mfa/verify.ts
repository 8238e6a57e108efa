import type { Transaction } from "kysely";
import { type Input, readInput } from "../../shared/mfa/form.ts";
import type { MfaRefusal } from "../../shared/mfa/refusal.ts";
import type { Shown } from "../../shared/mfa/shown.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";
import { hashToken, newToken } from "../tokens.ts";
import { noteActivity } from "./activity.ts";
import { askedBy, type Caller, lackForFactor, takeAnswer } from "./challenge.ts";
import { type Factor, findFactor, openKept, sealKept } from "./factor-rows.ts";
import { countsForSignIn, type Mfa, moduleFor } from "./mfa.ts";
import type { Begun, MfaModule } from "./module.ts";
import { forgetDevice, newRemembered } from "./remembered-device.ts";
import { forgetRemoved, holdSessions } from "./session-methods.ts";
import { tell } from "./tell.ts";
import { settleTries } from "./waits.ts";

export type Answer = { readonly factorId: string; readonly challengeId: string; readonly proof: Input };

/** What a right answer gives. The session goes on under another token (ASVS 5.0, 7.2.4). */
export type Verified = {
  readonly token: string;
  /** To be kept and sent at the next sign-in, where the policy does without a factor on a device that it knows. */
  readonly device: string | null;
  readonly shown: readonly Shown[];
  /** Whether this was the first proof of a new factor. */
  readonly isNew: boolean;
};

/** Several may use one factor at the same moment: so often it is looked at again what the other one has left. */
const MOST_ROUNDS = 5;

/**
 * Holds an answer against its challenge. Right, the session has shown that factor, and a new factor counts from now on.
 * Wrong, a try is gone. A challenge is of one person, one session and one factor, and is good once and for a while; of two
 * answers at the same moment, in whichever processes, one at most is taken.
 *
 * @param device the token that the device is remembered by, which the next one takes the place of
 */
export async function verifyFactor(
  db: Database,
  mfa: Mfa,
  caller: Caller,
  { factorId, challengeId, proof, device }: Answer & { readonly device: string | null },
  now: number,
): Promise<Result<Verified, MfaRefusal>> {
  const { userId, email, id: sessionId } = caller.session;
  const trier = { userId, factorId, ...caller };
  const first = await findFactor(db, mfa, { userId, factorId });
  if (first === null) return err({ reason: "no-such-factor" });
  const module = moduleFor(mfa, first.module, email);
  if (module === null) return err({ reason: "no-such-module" });
  const lack = await lackForFactor(db, mfa, caller, first, now);
  if (lack !== null) return err({ reason: lack });
  const input = readInput(module.proofForm, proof);
  if (!input.ok) return err({ reason: "malformed" });
  const tried = await takeAnswer(db, { trier, challengeId, sessionId }, now);
  if (!tried.ok) return tried;
  const kept = await openKept(mfa, { what: "challenge", factorId, id: challengeId }, tried.value);
  const asked = await askedBy(db, mfa, caller, first, now);
  for (let round = 0, factor: Factor | null = first; round < MOST_ROUNDS && factor !== null; round++) {
    const held = { factor: factor.kept, challenge: kept, isSetUp: factor.verified_at !== null };
    const verified = await module.verify(asked, held, input.value);
    if (!verified.ok) return verified;
    const sealed = await sealKept(mfa, { what: "factor", factorId, id: factorId }, verified.value.kept);
    const [token, remembered] = [newToken(), await newRemembered(mfa, caller.address, now)];
    const done = await keep(db, {
      ...{ module, factor, sealed, challengeId, caller, token, remembered, device, now },
      factorAt: countsForSignIn(mfa, module.id, email) ? now : null,
    });
    if (done === "challenge-over") return err({ reason: "challenge-over" });
    if (done !== "changed") {
      tellOf(mfa, caller, { module, done, shown: verified.value.shown }, now);
      return ok(said(verified.value, { token, remembered, factor }));
    }
    factor = await findFactor(db, mfa, { userId, factorId });
  }
  return err({ reason: "no-such-factor" });
}

function said(
  { shown }: Begun,
  { token, remembered, factor }: { token: string; remembered: { device: string } | null; factor: Factor },
): Verified {
  return { token, device: remembered?.device ?? null, shown, isNew: factor.verified_at === null };
}

/** What a right answer was: that of one that is set up, the first one, or the first of a set in place of another. */
type Done = "used" | "added" | "fresh-codes";

/** A code is used every day, and of that nobody is told: but of a new factor, and of recovery codes that run out. */
function tellOf(
  mfa: Mfa,
  { session: { email }, languages }: Caller,
  {
    module,
    done,
    shown,
  }: { readonly module: MfaModule; readonly done: Done; readonly shown: readonly Shown[] },
  now: number,
): void {
  const told = { email, languages };
  if (done === "added") tell(mfa, told, { what: done, kind: module.names }, now);
  if (done === "fresh-codes") tell(mfa, told, { what: done }, now);
  for (const each of shown)
    if (each.kind === "codes-left") tell(mfa, told, { what: each.kind, left: each.left }, now);
}

type ToKeep = {
  readonly module: MfaModule;
  readonly factor: Factor;
  readonly sealed: Uint8Array;
  readonly challengeId: string;
  readonly caller: Caller;
  readonly token: string;
  readonly remembered: Awaited<ReturnType<typeof newRemembered>>;
  readonly device: string | null;
  /** From when on the session counts as signed in; null: this factor is not enough for that. */
  readonly factorAt: number | null;
  readonly now: number;
};

/** Writes all that a right answer changes, or nothing. "changed": somebody else has used the factor meanwhile. */
async function keep(db: Database, to: ToKeep): Promise<Done | "changed" | "challenge-over"> {
  const { factor, caller, now } = to;
  const { userId, id: sessionId } = caller.session;
  class Over extends Error {}
  try {
    return await db.transaction().execute(async (trx) => {
      // In the sequence in which tries are taken, so that nobody waits for each other: counts, then the challenge.
      await settleTries(trx, { userId, factorId: factor.id, ...caller });
      const added = factor.verified_at === null ? 1 : 0;
      // The person's row first, as everything does that changes how they get in.
      const user = await trx
        .updateTable("user")
        .set(({ eb }) => ({ factors: eb("factors", "+", added) }))
        .where("user_id", "=", userId)
        .returning("factors")
        .executeTakeFirst();
      // Another was set up since it was looked at what this session lacks for that: it may lack that one now.
      if (added === 1 && user?.factors !== caller.session.factors + added) throw new Over();
      const written = await trx
        .updateTable("factor")
        .set({
          ...{ kept: to.sealed, rev: factor.rev + 1, verified_at: factor.verified_at ?? now },
          // The code that sets recovery codes up is not used up: nobody should read that they were used.
          ...((factor.verified_at !== null || !to.module.isSpare) && { used_at: now }),
        })
        .where("id", "=", factor.id)
        .where("rev", "=", factor.rev)
        .executeTakeFirst();
      if (written.numUpdatedRows !== 1n) throw new Changed();
      const token_hash = hashToken(to.token);
      const isStrong = to.module.strength === "strong";
      const moved = await trx
        .updateTable("session")
        .set({
          token_hash,
          ...(to.factorAt !== null && { factor_at: to.factorAt }),
          ...(isStrong && { strong_at: now }),
        })
        .where("token_hash", "=", sessionId)
        .executeTakeFirst();
      // Its questions went along with it.
      const answered = await trx
        .deleteFrom("mfa_challenge")
        .where("id", "=", to.challengeId)
        .where("token_hash", "=", token_hash)
        .executeTakeFirst();
      if (moved.numUpdatedRows !== 1n || answered.numDeletedRows !== 1n) throw new Over();
      await trx
        .insertInto("session_method")
        .values({
          token_hash,
          factor_id: factor.id,
          module: factor.module,
          strength: to.module.strength,
          at: now,
        })
        .onConflict((conflict) => conflict.columns(["token_hash", "factor_id"]).doUpdateSet({ at: now }))
        .execute();
      await remember(trx, to);
      return factor.verified_at === null ? await begin(trx, to) : "used";
    });
  } catch (error) {
    if (error instanceof Changed) return "changed";
    if (error instanceof Over) return "challenge-over";
    throw error;
  }
}

/** Rolls the transaction back. */
class Changed extends Error {}

async function remember(
  trx: Transaction<Schema>,
  { device, remembered, factor, caller }: ToKeep,
): Promise<void> {
  if (remembered === null) return;
  if (device !== null) await forgetDevice(trx, device);
  const owner = { user_id: caller.session.userId, factor_id: factor.id };
  await trx
    .insertInto("remembered_device")
    .values({ ...remembered.row, ...owner })
    .execute();
}

/** A factor counts from now on. Of spare ones there is one set: a fresh one takes the place of the former. */
async function begin(
  trx: Transaction<Schema>,
  { module, factor, caller, now }: ToKeep,
): Promise<"added" | "fresh-codes"> {
  const { userId } = caller.session;
  await holdSessions(trx, userId);
  const former = await trx
    .deleteFrom("factor")
    .where("user_id", "=", userId)
    .where("module", "=", module.isSpare ? module.id : "")
    .where("id", "!=", factor.id)
    .where("verified_at", "is not", null)
    .executeTakeFirst();
  await trx
    .updateTable("user")
    .set(({ eb }) => ({ factors: eb("factors", "-", Number(former.numDeletedRows)) }))
    .where("user_id", "=", userId)
    .execute();
  await trx.deleteFrom("factor_reset").where("user_id", "=", userId).execute();
  await forgetRemoved(trx, userId);
  const about = { at: now, user_id: userId, by_user: userId, module: factor.module, name: factor.name };
  const what = former.numDeletedRows > 0n ? "fresh-codes" : "added";
  await noteActivity(trx, { ...about, what });
  return what;
}
