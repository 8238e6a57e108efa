import type { Transaction } from "kysely";
import { MOST_COUNTER_STEPS } from "../../shared/group/counter.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";
import { type CountedRecord, readHead, whereCounted } from "./moved-counter.ts";

export type Reservation = CountedRecord & {
  /** The next counter that the asking device knows to be unused. */
  readonly atLeast: number;
  /** Whether whoever asks may change the record: its counter is theirs to set, so they may leave some out. */
  readonly mayJump: boolean;
  readonly userId: string;
};

/**
 * Gives out the next counter of a record whose codes are counted: one after another, each once, in one statement, so that
 * of two who ask at once neither gets the other's. It never goes back, not where the record goes on as another one either.
 * "jump": more would be left out than services look ahead, and nobody could sign in any more.
 */
export function reserveCounter(
  db: Database,
  reservation: Reservation,
): Promise<Result<number, "no-such-record" | "jump">> {
  const { userId } = reservation;
  return whereCounted(db, [reservation], userId, async (trx, [way = []]) => {
    const counted = way.at(-1) ?? reservation;
    const isMoved = way.length > 1;
    if (!isMoved && !(await readHead(trx, counted))) return err("no-such-record");
    const next = await takeNext(trx, { ...reservation, ...counted });
    return next === null ? err("jump") : ok(next);
  });
}

async function takeNext(
  trx: Transaction<Schema>,
  { g, record, atLeast, mayJump }: Reservation,
): Promise<number | null> {
  const reserved = await trx
    .insertInto("record_counter")
    .values({ g, record_id: record, counter: atLeast })
    .onConflict((conflict) => {
      const next = conflict.columns(["g", "record_id"]).doUpdateSet(({ eb, ref }) => ({
        counter: eb
          .case()
          .when("record_counter.counter", ">=", ref("excluded.counter"))
          .then(eb("record_counter.counter", "+", 1))
          .else(ref("excluded.counter"))
          .end(),
      }));
      return mayJump
        ? next
        : next.where(({ eb, ref }) =>
            eb(ref("excluded.counter"), "<=", eb("record_counter.counter", "+", 1 + MOST_COUNTER_STEPS)),
          );
    })
    .returning("counter")
    .executeTakeFirst();
  return reserved?.counter ?? null;
}
