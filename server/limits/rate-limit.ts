import type { Database } from "../db/open.ts";

/** So many at once, and then one more each time so much of a minute has passed. */
export type Rate = { readonly burst: number; readonly perMinute: number };

const MINUTE_MS = 60_000;

/**
 * Takes one from a bucket that fills again with time. In the database, so that it holds for every process and over a
 * restart.
 *
 * @param name who does what, e.g. "sign-in address 203.0.113.7"
 * @param now milliseconds since 1970 UTC
 * @returns false where it is empty: then nothing is taken
 */
export async function takeFromRate(db: Database, name: string, rate: Rate, now: number): Promise<boolean> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const row = await db.selectFrom("rate_limit").selectAll().where("name", "=", name).executeTakeFirst();
    const refilled = row
      ? row.left_over + (Math.max(0, now - row.at) / MINUTE_MS) * rate.perMinute
      : rate.burst;
    const left = Math.min(rate.burst, refilled);
    if (left < 1) return false;
    const next = { name, left_over: left - 1, at: now };
    // Only if nobody else took one meanwhile: on PostgreSQL several processes may be at it.
    const written = row
      ? await db
          .updateTable("rate_limit")
          .set(next)
          .where("name", "=", name)
          .where("left_over", "=", row.left_over)
          .where("at", "=", row.at)
          .executeTakeFirst()
          .then(({ numUpdatedRows }) => numUpdatedRows)
      : await db
          .insertInto("rate_limit")
          .values(next)
          .onConflict((conflict) => conflict.column("name").doNothing())
          .executeTakeFirst()
          .then(({ numInsertedOrUpdatedRows }) => numInsertedOrUpdatedRows);
    if (written === 1n) return true;
  }
  // So many at once are too many.
  return false;
}

const MOST_ATTEMPTS = 10;
