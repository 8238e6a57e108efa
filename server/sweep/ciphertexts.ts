import { sql } from "kysely";
import type { Database } from "../db/open.ts";
import { giveBack } from "../groups/group-size.ts";
import { lockGroup } from "../groups/state.ts";

const DAY_MS = 24 * 60 * 60_000;
/** Whoever is about to append has sent what they name a moment before. */
export const STAGED_MS = DAY_MS;
/**
 * What no head names any more may still be asked for by a device that read the heads before: it is kept for so long. Then
 * it goes, since all that a device needs is what the present heads name.
 */
export const SUPERSEDED_MS = 3 * DAY_MS;
const AT_ONCE = 500;

/**
 * Notes which of a group's ciphertexts no head names, and drops those for which that was noted days ago.
 *
 * @returns how many were dropped
 */
export async function sweepCiphertexts(
  db: Database,
  g: string,
  now: number,
  signal: AbortSignal,
): Promise<number> {
  await noteUnnamed(db, g, now, signal);
  let all = 0;
  for (let gone = AT_ONCE; gone === AT_ONCE && !signal.aborted; all += gone)
    gone = await dropUnnamed(db, g, now);
  return all;
}

async function noteUnnamed(db: Database, g: string, now: number, signal: AbortSignal): Promise<void> {
  let last = "";
  while (!signal.aborted) {
    // Of hashes alone, by their indexes: no ciphertext is read.
    const rows = await db
      .selectFrom("blob")
      .leftJoin("unnamed_blob", (join) =>
        join.onRef("unnamed_blob.g", "=", "blob.g").onRef("unnamed_blob.h", "=", "blob.h"),
      )
      .select(["blob.h", "unnamed_blob.since"])
      .select(({ exists, selectFrom }) =>
        exists(
          selectFrom("record_head")
            .select("record_head.id")
            .whereRef("record_head.g", "=", "blob.g")
            .whereRef("record_head.h", "=", "blob.h"),
        ).as("is_named"),
      )
      .where("blob.g", "=", g)
      .where("blob.h", ">", last)
      .orderBy("blob.h")
      .limit(AT_ONCE)
      .execute();
    const fresh = rows.filter(({ since, is_named }) => since === null && !is_named);
    if (fresh.length > 0)
      await db
        .insertInto("unnamed_blob")
        .values(fresh.map(({ h }) => ({ g, h, since: now })))
        .onConflict((conflict) => conflict.columns(["g", "h"]).doNothing())
        .execute();
    const named = rows.filter(({ since, is_named }) => since !== null && is_named);
    if (named.length > 0)
      await db
        .deleteFrom("unnamed_blob")
        .where("g", "=", g)
        .where(
          "h",
          "in",
          named.map(({ h }) => h),
        )
        .execute();
    const end = rows.at(-1);
    if (end === undefined || rows.length < AT_ONCE) return;
    last = end.h;
  }
}

/** One transaction, in which nothing is appended to the group: what a link names meanwhile is not dropped. */
function dropUnnamed(db: Database, g: string, now: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await lockGroup(trx, g);
    const rows = await trx
      .selectFrom("unnamed_blob")
      .innerJoin("blob", (join) =>
        join.onRef("blob.g", "=", "unnamed_blob.g").onRef("blob.h", "=", "unnamed_blob.h"),
      )
      .select("unnamed_blob.h")
      .where("unnamed_blob.g", "=", g)
      .where("unnamed_blob.since", "<", now - SUPERSEDED_MS)
      .where("blob.staged_at", "<", now - STAGED_MS)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("record_head")
              .select("record_head.id")
              .whereRef("record_head.g", "=", "unnamed_blob.g")
              .whereRef("record_head.h", "=", "unnamed_blob.h"),
          ),
        ),
      )
      .limit(AT_ONCE)
      .execute();
    const hashes = rows.map(({ h }) => h);
    if (hashes.length === 0) return 0;
    // Whoever sends it again at this moment is first, or finds that it is not there.
    const dropped = await trx
      .deleteFrom("blob")
      .where("g", "=", g)
      .where("h", "in", hashes)
      .where("staged_at", "<", now - STAGED_MS)
      .returning(["h", sql<number>`length(ciphertext)`.as("bytes")])
      .execute();
    await giveBack(trx, g, dropped);
    await trx.deleteFrom("unnamed_blob").where("g", "=", g).where("h", "in", hashes).execute();
    return hashes.length;
  });
}
