import type { Transaction } from "kysely";
import type { MfaRefusal } from "../../../shared/mfa/refusal.ts";
import type { Shown } from "../../../shared/mfa/shown.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { Database } from "../../db/open.ts";
import type { Schema } from "../../db/schema.ts";
import { takeFromRate } from "../../limits/rate-limit.ts";
import type { Session } from "../../sessions/session.ts";
import { newId } from "../../tokens.ts";
import { MOST } from "../limits.ts";
import { type Mfa, moduleFor } from "../mfa.ts";
import type { Asked, MfaModule } from "../module.ts";
import { lackOf } from "../standing/standing.ts";
import { crowdOf } from "./crowd.ts";
import { type Factor, findFactor, listKept, sealKept } from "./factor-rows.ts";
import { holdUser } from "./hold-user.ts";
import { type Trier, takeTry } from "./waits.ts";

/** A question that waits for its answer: until then, milliseconds since 1970 UTC. */
export type Challenge = {
  readonly factorId: string;
  readonly challengeId: string;
  readonly until: number;
  readonly shown: readonly Shown[];
};

/** Who asks: in which session, from where, reading which languages. */
export type Caller = {
  readonly session: Session;
  readonly address: string;
  readonly languages: readonly string[];
};

/** What a module is told of a step. Of the other factors only while this one is set up: nobody needs them later. */
export async function askedBy(
  db: Database,
  mfa: Mfa,
  { session, languages }: Caller,
  factor: Pick<Factor, "id" | "module" | "verified_at">,
  now: number,
): Promise<Asked> {
  const { userId: id, email } = session;
  const { id: factorId, module, verified_at } = factor;
  const others = verified_at === null ? await listKept(db, mfa, { userId: id, module, but: factorId }) : [];
  return { user: { id, email }, factorId, others, languages, sessionId: session.id, now };
}

/**
 * Begins a challenge for one of somebody's factors, verified or not: sends the code, where there is one to send. What was
 * asked of the same factor in the same session before is good no longer. Some of them cost money: so many an hour.
 */
export async function beginChallenge(
  db: Database,
  mfa: Mfa,
  caller: Caller,
  factorId: string,
  now: number,
): Promise<Result<Challenge, MfaRefusal>> {
  const usable = await findUsable(db, mfa, caller, factorId, now);
  return usable.ok ? challengeOf(db, mfa, caller, usable.value, now) : usable;
}

/** A factor, and the module behind it. */
export type Usable = { readonly factor: Factor; readonly module: MfaModule };

/**
 * One of somebody's own factors that can be asked for now. Whoever has not shown what setting one up wants does not come by
 * one that somebody else has begun to set up.
 */
export async function findUsable(
  db: Database,
  mfa: Mfa,
  { session }: Caller,
  factorId: string,
  now: number,
): Promise<Result<Usable, MfaRefusal>> {
  const { userId, email } = session;
  const factor = await findFactor(db, mfa, { userId, factorId });
  if (factor === null) return err({ reason: "no-such-factor" });
  const module = moduleFor(mfa, factor.module, email);
  if (module === null) return err({ reason: "no-such-module" });
  const lack = factor.verified_at === null ? await lackOf(db, mfa, session, "change-factors", now) : null;
  return lack === null ? ok({ factor, module }) : err({ reason: lack });
}

/** The same, for a factor that was read already. */
export async function challengeOf(
  db: Database,
  mfa: Mfa,
  caller: Caller,
  { factor, module }: Usable,
  now: number,
): Promise<Result<Challenge, MfaRefusal>> {
  const { session } = caller;
  const rate = module.sends ? MOST.messages : MOST.challenges;
  const crowd = await crowdOf(db, mfa, caller, now);
  const name = `${module.sends ? "mfa-message" : "mfa-challenge"} ${session.userId} ${crowd}`;
  if (!(await takeFromRate(db, name, rate, now)))
    return err({ reason: "wait", seconds: Math.ceil(60 / rate.perMinute) });
  const today = `mfa-message-day ${session.userId} ${crowd}`;
  if (module.sends && !(await takeFromRate(db, today, MOST.messagesADay, now)))
    return err({ reason: "wait", seconds: Math.ceil(60 / MOST.messagesADay.perMinute) });
  const isFirst = module.sends && factor.verified_at === null;
  if (isFirst && !(await takeFromRate(db, `mfa-first-message ${session.userId}`, MOST.firstMessages, now)))
    return err({ reason: "wait", seconds: Math.ceil(60 / MOST.firstMessages.perMinute) });
  const begun = await module.beginChallenge(await askedBy(db, mfa, caller, factor, now), factor.kept);
  if (!begun.ok) return begun;
  const challengeId = newId();
  const owner = { what: "challenge", factorId: factor.id, id: challengeId } as const;
  const row = {
    id: challengeId,
    token_hash: session.id,
    factor_id: factor.id,
    kept: await sealKept(mfa, owner, begun.value.kept),
    tries: module.tries,
    until: now + module.challengeMs,
  };
  const isThere = await db.transaction().execute(async (trx) => {
    if (!(await holdBoth(trx, caller.session, factor.id))) return false;
    await trx
      .deleteFrom("mfa_challenge")
      .where("token_hash", "=", session.id)
      .where("factor_id", "=", factor.id)
      .execute();
    await trx.insertInto("mfa_challenge").values(row).execute();
    return true;
  });
  if (!isThere) return err({ reason: "challenge-over" });
  return ok({ factorId: factor.id, challengeId, until: row.until, shown: begun.value.shown });
}

/**
 * Keeps the session and the factor from going away until the transaction ends, in the sequence in which everything takes
 * them that changes how somebody gets in. @returns false where one of them has gone meanwhile
 */
async function holdBoth(
  trx: Transaction<Schema>,
  { userId, id }: Session,
  factorId: string,
): Promise<boolean> {
  await holdUser(trx, userId);
  const factor = await trx
    .updateTable("factor")
    .set(({ ref }) => ({ rev: ref("rev") }))
    .where("id", "=", factorId)
    .executeTakeFirst();
  const session = await trx
    .updateTable("session")
    .set(({ ref }) => ({ used_at: ref("used_at") }))
    .where("token_hash", "=", id)
    .executeTakeFirst();
  return factor.numUpdatedRows === 1n && session.numUpdatedRows === 1n;
}

/**
 * Takes a try of whoever tries and one of the challenge, before anything is looked at, and for good: one wait for the disk.
 *
 * @returns what is kept of the challenge
 */
export async function takeAnswer(
  db: Database,
  { trier, challengeId, sessionId }: { trier: Trier; challengeId: string; sessionId: string },
  now: number,
): Promise<Result<Uint8Array, MfaRefusal>> {
  return db.transaction().execute(async (trx) => {
    const taken = await takeTry(trx, trier, now);
    if (!taken.ok) return err({ reason: "wait", seconds: taken.error });
    const challenge = await trx
      .updateTable("mfa_challenge")
      .set(({ eb }) => ({ tries: eb("tries", "-", 1) }))
      .where("id", "=", challengeId)
      .where("token_hash", "=", sessionId)
      .where("factor_id", "=", trier.factorId)
      .where("until", ">", now)
      .where("tries", ">", 0)
      .returning("kept")
      .executeTakeFirst();
    return challenge ? ok(challenge.kept) : err({ reason: "challenge-over" });
  });
}
