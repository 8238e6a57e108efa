import type { Transaction } from "kysely";
import type { Database } from "./open.ts";
import type { Schema } from "./schema.ts";

/**
 * How often a backup has been put in the place of this database. Devices that find a higher one than they knew say so: what
 * they have seen here may be gone.
 */
export async function readGeneration(db: Database): Promise<number> {
  const row = await db
    .selectFrom("restored")
    .select("generation")
    .orderBy("generation", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.generation ?? 0;
}

/** Begins another generation. @param now milliseconds since 1970 UTC */
export async function beginGeneration(
  trx: Transaction<Schema>,
  generation: number,
  now: number,
): Promise<void> {
  await trx.insertInto("restored").values({ generation, at: now }).execute();
}
