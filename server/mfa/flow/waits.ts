import { sql, type Transaction } from "kysely";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { Database } from "../../db/open.ts";
import type { Schema } from "../../db/schema.ts";
import { giveToRate, type Rate, takeFromRate } from "../../limits/rate-limit.ts";
import type { Crowd } from "./crowd.ts";

/** So many wrong ones in a row cost nothing. */
const FREE = 5;
/** From then on each wait is twice as long as the last, up to that. */
const FIRST_MS = 2_000;
const MOST_MS = 15 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** Behind one address there may be a whole office: right ones are given back, as at signing in. */
const BY_ADDRESS: Rate = { burst: 60, perMinute: 4 };

/** Who tries: each is held back by itself, and waits for those of the same crowd alone. */
export type Trier = {
  readonly userId: string;
  readonly factorId: string;
  readonly address: string;
  readonly crowd: Crowd;
};

/**
 * Takes a try, as if it were a wrong one: settleTries takes that back where it was right. So of many that are made at the
 * same moment no more get through than one after the other. Nobody is shut out for ever: a wait is at most a quarter of an
 * hour, and a day without a try forgets all. Whoever goes on guessing without a pause has 110 tries on the first day and 96
 * on each that follows: of a million codes of which three are good, one is guessed in nine years. That is of one
 * crowd: whoever guesses from the person's own network and from elsewhere has twice as many.
 *
 * @returns the seconds to be waited, where it is too early; then nothing is counted
 */
export async function takeTry(db: Database, trier: Trier, now: number): Promise<Result<void, number>> {
  const names = namesOf(trier);
  const wait = Math.max(...(await Promise.all(names.map((name) => waitOf(db, name, now)))));
  if (wait > 0) return err(Math.ceil(wait / 1_000));
  if (!(await takeFromRate(db, addressOf(trier), BY_ADDRESS, now))) return err(60 / BY_ADDRESS.perMinute);
  for (const name of names) {
    // Somebody else's try of this moment may have come first: then this one waits as well.
    if (!(await count(db, name, now))) return err(1);
  }
  return ok(undefined);
}

/** Forgets what somebody and their factor were wrong with, once they were right, in the transaction that says so. */
export async function settleTries(trx: Transaction<Schema>, trier: Trier): Promise<void> {
  await giveToRate(trx, addressOf(trier), BY_ADDRESS);
  // One after the other, as takeTry takes them: in one statement the database would choose which one it waits for first.
  for (const name of namesOf(trier)) await trx.deleteFrom("mfa_wait").where("name", "=", name).execute();
}

function namesOf({ userId, factorId, crowd }: Trier): string[] {
  return [`user ${userId}`, `factor ${factorId}`].map((name) => `${name} ${crowd}`);
}

function addressOf({ address }: Trier): string {
  return `mfa-try ${address}`;
}

async function waitOf(db: Database, name: string, now: number): Promise<number> {
  const row = await db.selectFrom("mfa_wait").select("until").where("name", "=", name).executeTakeFirst();
  // A longer one was begun by a clock that was ahead, and has been set right since.
  return row && row.until - now <= MOST_MS ? row.until - now : 0;
}

/** Counts one, in a statement that of many at the same moment lets the next one in only where no wait has begun. */
async function count(db: Database, name: string, now: number): Promise<boolean> {
  const [free, first, most] = [FREE, FIRST_MS, MOST_MS].map((each) => sql.lit(each));
  const failures = sql<number>`case when mfa_wait.at < ${now - DAY_MS} then 1 else mfa_wait.failures + 1 end`;
  // 1 << n is 2 to the n in both databases; more than that many doublings are longer than the longest wait.
  const waitMs = sql<number>`case
    when (${failures}) <= ${free} then 0
    when (${failures}) - ${free} > 20 then ${most}
    when ${first} * (1 << cast((${failures}) - ${free} - 1 as integer)) > ${most} then ${most}
    else ${first} * (1 << cast((${failures}) - ${free} - 1 as integer)) end`;
  const counted = await db
    .insertInto("mfa_wait")
    .values({ name, failures: 1, until: now, at: now })
    .onConflict((conflict) =>
      conflict
        .column("name")
        .doUpdateSet({ failures, until: sql<number>`cast(${now} as bigint) + ${waitMs}`, at: now })
        .where(({ eb, or }) =>
          or([eb("mfa_wait.until", "<=", now), eb("mfa_wait.until", ">", now + MOST_MS)]),
        ),
    )
    .returning("name")
    .executeTakeFirst();
  return counted !== undefined;
}
