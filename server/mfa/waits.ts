import { sql, type Transaction } from "kysely";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";

/** So many wrong ones in a row cost nothing; from then on each wait is twice as long as the last. */
type Patience = { readonly free: number; readonly firstMs: number; readonly mostMs: number };

const QUARTER_MS = 15 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** A six-digit code of which three are good is then guessed once in some two years of trying without a pause. */
const BY_PERSON: Patience = { free: 5, firstMs: 2_000, mostMs: QUARTER_MS };
/** Behind one address there may be a whole office. */
const BY_ADDRESS: Patience = { free: 30, firstMs: 2_000, mostMs: QUARTER_MS };

/** Who tries: each is held back by itself. */
export type Trier = { readonly userId: string; readonly factorId: string; readonly address: string };

/**
 * Takes a try, as if it were a wrong one: settleTries takes that back where it was right. So of many that are made at the
 * same moment no more get through than one after the other. Nobody is shut out for ever: a wait is at most a quarter of an
 * hour, and a day without a try forgets all.
 *
 * @returns the seconds to be waited, where it is too early; then nothing is counted
 */
export async function takeTry(db: Database, trier: Trier, now: number): Promise<Result<void, number>> {
  const wait = Math.max(...(await Promise.all(namesOf(trier).map(({ name }) => waitOf(db, name, now)))));
  if (wait > 0) return err(Math.ceil(wait / 1_000));
  for (const { name, patience } of namesOf(trier)) {
    // Somebody else's try of this moment may have come first: then this one waits as well.
    if (!(await count(db, name, patience, now))) return err(1);
  }
  return ok(undefined);
}

/** Forgets what somebody and their factor were wrong with, once they were right, in the transaction that says so. */
export async function settleTries(trx: Transaction<Schema>, { userId, factorId }: Trier): Promise<void> {
  await trx
    .deleteFrom("mfa_wait")
    .where("name", "in", [`user ${userId}`, `factor ${factorId}`])
    .execute();
}

function namesOf({ userId, factorId, address }: Trier): { name: string; patience: Patience }[] {
  return [
    { name: `user ${userId}`, patience: BY_PERSON },
    { name: `factor ${factorId}`, patience: BY_PERSON },
    { name: `address ${address}`, patience: BY_ADDRESS },
  ];
}

async function waitOf(db: Database, name: string, now: number): Promise<number> {
  const row = await db.selectFrom("mfa_wait").select("until").where("name", "=", name).executeTakeFirst();
  return row ? row.until - now : 0;
}

/** Counts one, in a statement that of many at the same moment lets the next one in only where no wait has begun. */
async function count(db: Database, name: string, patience: Patience, now: number): Promise<boolean> {
  const [free, firstMs, mostMs] = [patience.free, patience.firstMs, patience.mostMs].map((each) =>
    sql.lit(each),
  );
  const failures = sql<number>`case when mfa_wait.at < ${now - DAY_MS} then 1 else mfa_wait.failures + 1 end`;
  // 1 << n is 2 to the n in both databases; more than that many doublings are longer than the longest wait.
  const waitMs = sql<number>`case
    when (${failures}) <= ${free} then 0
    when (${failures}) - ${free} > 20 then ${mostMs}
    when ${firstMs} * (1 << cast((${failures}) - ${free} - 1 as integer)) > ${mostMs} then ${mostMs}
    else ${firstMs} * (1 << cast((${failures}) - ${free} - 1 as integer)) end`;
  const counted = await db
    .insertInto("mfa_wait")
    .values({ name, failures: 1, until: now, at: now })
    .onConflict((conflict) =>
      conflict
        .column("name")
        .doUpdateSet({ failures, until: sql<number>`cast(${now} as bigint) + ${waitMs}`, at: now })
        .where("mfa_wait.until", "<=", now),
    )
    .returning("name")
    .executeTakeFirst();
  return counted !== undefined;
}
