import type { Transaction } from "kysely";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";
import { lockGroup } from "./state.ts";

/** A record whose codes are counted. */
export type CountedRecord = { readonly g: string; readonly record: string };

/** Nobody has put groups of their own together so often. */
const MOST_MOVES = 8;

/** As which record a record is counted by now: as itself, or as the one that it goes on as. */
export async function countsAs(
  trx: Transaction<Schema>,
  { g, record }: CountedRecord,
): Promise<CountedRecord> {
  let at: CountedRecord = { g, record };
  for (let moves = 0; moves < MOST_MOVES; moves++) {
    const moved = await trx
      .selectFrom("moved_counter")
      .select(["to_g as g", "to_record as record"])
      .where("g", "=", at.g)
      .where("record_id", "=", at.record)
      .executeTakeFirst();
    if (moved === undefined) return at;
    at = moved;
  }
  return at;
}

/**
 * Makes a record's counter go on as that of another record, of another group of the same person: whichever of the two is
 * asked for from then on, each counter is given out once. Once done it stays done. Both groups have to be that person's
 * alone: in a group of several, one of them would count for the others.
 *
 * @returns the last counter that was given out for either, null where none was
 */
export function moveCounter(
  db: Database,
  from: CountedRecord,
  to: CountedRecord,
): Promise<Result<number | null, "rank">> {
  return db.transaction().execute(async (trx) => {
    // In one sequence, so that two who do it at once don't wait for each other.
    for (const g of [from.g, to.g].sort()) await lockGroup(trx, g);
    for (const { g } of [from, to]) if (!(await isOfOne(trx, g))) return err("rank");
    const [was, goesOn] = [await countsAs(trx, from), await countsAs(trx, to)];
    const last = await higher(trx, [was, goesOn]);
    if (isSame(was, goesOn)) return ok(last);
    const { g, record: record_id } = was;
    await trx
      .insertInto("moved_counter")
      .values({ g, record_id, to_g: goesOn.g, to_record: goesOn.record })
      .execute();
    if (last !== null)
      await trx
        .insertInto("record_counter")
        .values({ g: goesOn.g, record_id: goesOn.record, counter: last })
        // By way of a third record it may have been counted on meanwhile.
        .onConflict((conflict) =>
          conflict
            .columns(["g", "record_id"])
            .doUpdateSet({ counter: last })
            .where("record_counter.counter", "<", last),
        )
        .execute();
    return ok(last);
  });
}

async function isOfOne(trx: Transaction<Schema>, g: string): Promise<boolean> {
  const state = await trx.selectFrom("group_state").select("members").where("g", "=", g).executeTakeFirst();
  return state?.members === 1;
}

function isSame(a: CountedRecord, b: CountedRecord): boolean {
  return a.g === b.g && a.record === b.record;
}

async function higher(trx: Transaction<Schema>, records: readonly CountedRecord[]): Promise<number | null> {
  let last: number | null = null;
  for (const { g, record } of records) {
    const row = await trx
      .selectFrom("record_counter")
      .select("counter")
      .where("g", "=", g)
      .where("record_id", "=", record)
      .executeTakeFirst();
    if (row !== undefined) last = Math.max(last ?? 0, row.counter);
  }
  return last;
}
