import { MOST_COUNTER_STEPS } from "../../shared/group/counter.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";

export type Reservation = {
  readonly g: string;
  readonly record: string;
  /** The next counter that the asking device knows to be unused. */
  readonly atLeast: number;
  /** Whether whoever asks may change the record: its counter is theirs to set, so they may leave some out. */
  readonly mayJump: boolean;
};

/**
 * Gives out the next counter of a record whose codes are counted: one after another, each once, in one statement, so that
 * of two who ask at once neither gets the other's. It never goes back. "jump": more would be left out than services look
 * ahead, and nobody could sign in any more.
 */
export async function reserveCounter(
  db: Database,
  { g, record, atLeast, mayJump }: Reservation,
): Promise<Result<number, "no-such-record" | "jump">> {
  const head = await db
    .selectFrom("record_head")
    .select("id")
    .where("g", "=", g)
    .where("id", "=", record)
    .where("h", "is not", null)
    .executeTakeFirst();
  if (!head) return err("no-such-record");
  const reserved = await db
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
  return reserved ? ok(reserved.counter) : err("jump");
}
