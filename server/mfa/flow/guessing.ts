import { sql, type Transaction } from "kysely";
import type { Database } from "../../db/open.ts";
import type { Schema } from "../../db/schema.ts";
import { noteActivity } from "../notices/activity.ts";
import { holdUser } from "./hold-user.ts";

/**
 * So many wrong answers are no slip: after the twelfth more than two minutes of waits lie behind whoever gives them (waits.ts),
 * and there is nothing more that one could type.
 */
const NO_SLIP = 12;
/** So many of them a right answer takes back. More would let whoever guesses hide behind the person's own sign-ins. */
const FORGIVEN = 3;
/** A spell of guessing is over after so long without a wrong answer. What is slower than that has two a day. */
const SPELL_MS = 7 * 24 * 60 * 60_000;

/**
 * Counts a wrong answer of whoever has given somebody's password and shown no factor yet. With the twelfth of a spell it is
 * written down for the person: somebody else has their password. Once a spell, and a new password begins another one.
 *
 * @param now milliseconds since 1970 UTC
 * @returns whether this was the one by which the person is to be told
 */
export async function noteGuess(db: Database, userId: string, now: number): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await holdUser(trx, userId);
    const isNewSpell = sql<boolean>`factor_guessing.at < ${now - SPELL_MS}`;
    const { wrong, told_at } = await trx
      .insertInto("factor_guessing")
      .values({ user_id: userId, wrong: 1, at: now, told_at: null })
      .onConflict((conflict) =>
        conflict.column("user_id").doUpdateSet({
          wrong: sql<number>`case when ${isNewSpell} then 1 else factor_guessing.wrong + 1 end`,
          told_at: sql<number | null>`case when ${isNewSpell} then null else factor_guessing.told_at end`,
          at: now,
        }),
      )
      .returning(["wrong", "told_at"])
      .executeTakeFirstOrThrow();
    if (wrong < NO_SLIP || told_at !== null) return false;
    await trx.updateTable("factor_guessing").set({ told_at: now }).where("user_id", "=", userId).execute();
    await noteActivity(trx, {
      ...{ at: now, user_id: userId, by_user: null, what: "guessed" },
      ...{ module: null, name: null },
    });
    return true;
  });
}

/** A right answer takes back what a person is wrong with on the way to it, in the transaction that says that it was right. */
export async function forgiveGuesses(trx: Transaction<Schema>, userId: string): Promise<void> {
  await trx
    .updateTable("factor_guessing")
    .set({ wrong: sql<number>`case when wrong > ${FORGIVEN} then wrong - ${FORGIVEN} else 0 end` })
    .where("user_id", "=", userId)
    .execute();
}
