import type { Transaction } from "kysely";
import type { ActivityRow } from "../../db/mfa-schema.ts";
import type { Database } from "../../db/open.ts";
import type { Schema } from "../../db/schema.ts";
import { newId } from "../../tokens.ts";
import { MOST } from "../limits.ts";

/** Something that was done about somebody's factors: whose, by whom (null: on the server's command line), and what. */
export type Activity = Omit<ActivityRow, "id">;

/**
 * Writes it down, in the transaction that does it and holds the person's row (holdUser). Of each kind of deed the latest lines
 * are kept: whatever somebody does again and again, what else was done stays in sight, and the table small.
 */
export async function noteActivity(trx: Transaction<Schema>, activity: Activity): Promise<void> {
  await trx
    .insertInto("activity")
    .values({ id: newId(), ...activity })
    .execute();
  const ranked = trx
    .selectFrom("activity")
    .select("id")
    .select(({ fn }) =>
      fn
        .agg<number>("row_number")
        .over((over) => over.orderBy("at", "desc").orderBy("id"))
        .as("place"),
    )
    .where("user_id", "=", activity.user_id)
    .where("what", "=", activity.what);
  const old = trx.selectFrom(ranked.as("ranked")).select("id").where("place", ">", MOST.activity);
  await trx.deleteFrom("activity").where("id", "in", old).execute();
}

/** So many of others' are told at once: the latest. */
const MOST_TOLD = 100;
/** Of each of the others, so that nobody's own deeds push somebody else's out. */
const MOST_OF_ONE = 10;
/** What an administrator or the holder of a kit did instead of the person, which those in the same groups are told too. */
const FOR_ALL = ["reset-asked", "reset-cancelled", "reset-by-kit", "reset-by-administrator"] as const;

/**
 * What was done about somebody's own factors, and about those of people in their groups where it was a reset; the latest
 * first. Who is in no group with them is told nothing of them. However much others do, one's own is told.
 */
export async function listActivity(db: Database, userId: string): Promise<ActivityRow[]> {
  const own = await db.selectFrom("activity").selectAll().where("user_id", "=", userId).execute();
  const groups = db
    .selectFrom("group_member")
    .select("g")
    .where("user_id", "=", userId)
    .where("left_n", "is", null);
  const others = db
    .selectFrom("group_member")
    .select("user_id")
    .where("left_n", "is", null)
    .where("g", "in", groups);
  const ranked = db
    .selectFrom("activity")
    .selectAll()
    .select(({ fn }) =>
      fn
        .agg<number>("row_number")
        .over((over) => over.partitionBy("user_id").orderBy("at", "desc"))
        .as("place"),
    )
    .where("user_id", "in", others)
    .where("user_id", "!=", userId)
    .where("what", "in", [...FOR_ALL]);
  const theirs = await db
    .selectFrom(ranked.as("ranked"))
    .select(["id", "at", "user_id", "by_user", "what", "module", "name"])
    .where("place", "<=", MOST_OF_ONE)
    .orderBy("at", "desc")
    .orderBy("id")
    .limit(MOST_TOLD)
    .execute();
  return [...own, ...theirs].sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
}
