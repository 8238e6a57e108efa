import type { Transaction } from "kysely";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";
import { lockGroup } from "./state.ts";

/** A record whose codes are counted. */
export type CountedRecord = { readonly g: string; readonly record: string };

/** Nobody has put groups of their own together so often. */
const MOST_MOVES = 8;

/**
 * Does something in one transaction with records as they are counted by then: each as itself, or as the one that it goes on
 * as. Every group on the way there is locked, so that no counter moves on between the look and the count.
 *
 * @param userId whoever asks: a move is followed where both groups are theirs alone, and of nobody else any more
 * @param work is given for each record the way that its counter has gone: itself first, and last what it is counted as
 */
export async function whereCounted<T>(
  db: Database,
  records: readonly CountedRecord[],
  userId: string,
  work: (trx: Transaction<Schema>, ways: readonly (readonly CountedRecord[])[]) => Promise<T>,
): Promise<T> {
  let groups = groupsOf(await waysOf(db, records, userId));
  for (;;) {
    const locked = groups;
    const done = await db.transaction().execute(async (trx) => {
      // In one sequence, so that two who do it at once don't wait for each other.
      for (const g of [...locked].sort()) await lockGroup(trx, g);
      const ways = await waysOf(trx, records, userId);
      const found = groupsOf(ways);
      // Moved on while this one waited: none of what is new is locked.
      if (![...found].every((g) => locked.has(g))) return { found };
      return { outcome: await work(trx, ways) };
    });
    if ("outcome" in done) return done.outcome;
    groups = done.found;
  }
}

/**
 * Makes a record's counter go on as that of another record, of another group of the same person: whichever of the two is
 * asked for from then on, each counter is given out once, for as long as both groups are that person's alone. In a group of
 * several, whoever was alone there once would count for the others.
 *
 * The other record may be one that is still to come: it is a copy, made once it is known where its counter stands.
 *
 * @returns the last counter that was given out for either, null where none was
 */
export function moveCounter(
  db: Database,
  from: CountedRecord,
  to: CountedRecord,
  userId: string,
): Promise<Result<number | null, "rank" | "no-such-record">> {
  return whereCounted(db, [from, to], userId, async (trx, [before = [], after = []]) => {
    for (const { g } of [from, to]) if (!(await isAlone(trx, g, userId))) return err("rank");
    // It may have been deleted since: by another device that was quicker to put both together.
    if ((await readHead(trx, from)) === undefined) return err("no-such-record");
    const [was, goesOn] = [before.at(-1) ?? from, after.at(-1) ?? to];
    const last = await higher(trx, [was, goesOn]);
    if (isSame(was, goesOn)) return ok(last);
    if (before.length + after.length > MOST_MOVES) return err("no-such-record");
    const { g, record: record_id } = was;
    const next = { to_g: goesOn.g, to_record: goesOn.record };
    await trx
      .insertInto("moved_counter")
      .values({ g, record_id, ...next })
      // Where it went before, somebody else has come in.
      .onConflict((conflict) => conflict.columns(["g", "record_id"]).doUpdateSet(next))
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

async function waysOf(
  db: Database,
  records: readonly CountedRecord[],
  userId: string,
): Promise<readonly (readonly CountedRecord[])[]> {
  const ways: (readonly CountedRecord[])[] = [];
  for (const record of records) ways.push(await wayOf(db, record, userId));
  return ways;
}

async function wayOf(
  db: Database,
  { g, record }: CountedRecord,
  userId: string,
): Promise<readonly CountedRecord[]> {
  let at: CountedRecord = { g, record };
  const way = [at];
  while (way.length <= MOST_MOVES) {
    const moved = await db
      .selectFrom("moved_counter")
      .select(["to_g as g", "to_record as record"])
      .where("g", "=", at.g)
      .where("record_id", "=", at.record)
      .executeTakeFirst();
    if (moved === undefined) break;
    if (!(await isAlone(db, at.g, userId)) || !(await isAlone(db, moved.g, userId))) break;
    at = moved;
    way.push(at);
  }
  return way;
}

function groupsOf(ways: readonly (readonly CountedRecord[])[]): ReadonlySet<string> {
  return new Set(ways.flat().map(({ g }) => g));
}

/** Whether a group is somebody's alone. */
async function isAlone(db: Database, g: string, userId: string): Promise<boolean> {
  const member = await db
    .selectFrom("group_state")
    .innerJoin("group_member", "group_member.g", "group_state.g")
    .select("user_id")
    .where("group_state.g", "=", g)
    .where("members", "=", 1)
    .where("left_n", "is", null)
    .executeTakeFirst();
  return member?.user_id === userId;
}

/** The head of a record: a hash, null where it was deleted; undefined where it was never in the group's log. */
export async function readHead(
  trx: Transaction<Schema>,
  { g, record }: CountedRecord,
): Promise<string | null | undefined> {
  const head = await trx
    .selectFrom("record_head")
    .select("h")
    .where("g", "=", g)
    .where("id", "=", record)
    .executeTakeFirst();
  return head?.h;
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
