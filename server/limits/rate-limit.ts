import { type Compilable, sql } from "kysely";
import type { Database } from "../db/open.ts";
import { ready } from "../db/ready.ts";

/** So many at once (one at least), and then one more each time so much of a minute has passed. */
export type Rate = { readonly burst: number; readonly perMinute: number };

const MINUTE_MS = 60_000;

/**
 * Takes one from a bucket that fills again with time. In the database, so that it holds for every process and over a
 * restart; in one statement, so that of many who ask at once each gets the next one, and nobody is refused because
 * somebody else was quicker: either database has the later ones wait, and look at what is left then.
 *
 * @param name who does what, e.g. "sign-in address 203.0.113.7"
 * @param now milliseconds since 1970 UTC
 * @returns false where it is empty: then nothing is taken
 */
export async function takeFromRate(db: Database, name: string, rate: Rate, now: number): Promise<boolean> {
  const taken = await db.executeQuery(takingFromRate(db, name, rate, now));
  return taken.rows.length > 0;
}

/** The statement of takeFromRate, for what is sent together with it. It gives no row where the bucket is empty. */
export function takingFromRate(
  db: Database,
  name: string,
  rate: Rate,
  now: number,
): Compilable<{ readonly name: string }> {
  return taking(db, { name, most: rate.burst - 1, perMs: rate.perMinute / MINUTE_MS, now });
}

type Taking = { readonly name: string; readonly most: number; readonly perMs: number; readonly now: number };

const taking = ready((db, { name, most, perMs, now }: Taking) => {
  // What would be there by now, less one, if it could hold so much. A clock that was set back has refilled nothing.
  const left = sql<number>`rate_limit.left_over - 1 + cast(${perMs} as double precision) *
    (case when excluded.at > rate_limit.at then excluded.at - rate_limit.at else 0 end)`;
  return db
    .insertInto("rate_limit")
    .values({ name, left_over: most, at: now })
    .onConflict((conflict) =>
      conflict
        .column("name")
        .doUpdateSet(({ ref }) => ({
          left_over: sql<number>`case when ${left} < excluded.left_over then ${left} else excluded.left_over end`,
          at: ref("excluded.at"),
        }))
        .where(left, ">=", 0),
    )
    .returning("name");
});

/** Gives back what was taken for something that turned out to need no limit. */
export async function giveToRate(db: Database, name: string, { burst }: Rate): Promise<void> {
  const more = sql<number>`case when left_over + 1 > ${burst} then left_over else left_over + 1 end`;
  await db.updateTable("rate_limit").set({ left_over: more }).where("name", "=", name).execute();
}
