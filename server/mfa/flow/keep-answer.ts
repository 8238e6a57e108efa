import type { Transaction } from "kysely";
import type { Database } from "../../db/open.ts";
import type { Schema } from "../../db/schema.ts";
import { hashToken } from "../../tokens.ts";
import type { MfaModule } from "../module.ts";
import { noteActivity } from "../notices/activity.ts";
import { noteNetwork } from "../standing/known-network.ts";
import { forgetDevice, type newRemembered } from "../standing/remembered-device.ts";
import { forgetRemoved, holdSessions } from "../standing/session-methods.ts";
import type { Caller } from "./challenge.ts";
import type { Factor } from "./factor-rows.ts";
import { forgiveGuesses } from "./guessing.ts";
import { settleTries, type Trier } from "./waits.ts";

/** What a right answer was: that of one that is set up, the first one, or the first of a set in place of another. */
export type Done = "used" | "added" | "fresh-codes";

/** What a right answer comes to. */
export type RightAnswer = {
  readonly module: MfaModule;
  readonly factor: Factor;
  readonly sealed: Uint8Array;
  readonly challengeId: string;
  readonly caller: Caller;
  readonly trier: Trier;
  /** Where it was given (networkOf). */
  readonly network: string;
  readonly token: string;
  readonly remembered: ReturnType<typeof newRemembered>;
  readonly device: string | null;
  /** From when on the session counts as signed in; null: this factor is not enough for that. */
  readonly factorAt: number | null;
  readonly now: number;
};

/** Writes all that a right answer changes, or nothing. "changed": somebody else has used the factor meanwhile. */
export async function keepAnswer(
  db: Database,
  to: RightAnswer,
): Promise<Done | "changed" | "challenge-over"> {
  const { factor, caller, now } = to;
  const { userId, id: sessionId } = caller.session;
  try {
    return await db.transaction().execute(async (trx) => {
      // In the sequence in which tries are taken, so that nobody waits for each other: counts, then the challenge.
      await settleTries(trx, to.trier);
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
      // By one that does not count nobody is in: whoever reads somebody's mail would hide by it what they guess at.
      if (to.factorAt !== null) {
        await noteNetwork(trx, { userId, network: to.network }, now);
        if (caller.session.factorAt === null) await forgiveGuesses(trx, userId);
      }
      return factor.verified_at === null ? await begin(trx, to) : "used";
    });
  } catch (error) {
    if (error instanceof Changed) return "changed";
    if (error instanceof Over) return "challenge-over";
    throw error;
  }
}

/** Each rolls the transaction back. */
class Changed extends Error {}
class Over extends Error {}

async function remember(
  trx: Transaction<Schema>,
  { device, remembered, factor, caller }: RightAnswer,
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
  { module, factor, caller, now }: RightAnswer,
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
