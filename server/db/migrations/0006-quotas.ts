import { type Kysely, sql } from "kysely";
import type { DatabaseKind } from "../open.ts";

/** It touches no table of other migrations, so that it may come before or after those beside it. */
export async function up(db: Kysely<unknown>, _kind: DatabaseKind): Promise<void> {
  await db.schema
    .createTable("staged")
    .addColumn("g", "text", (column) => column.notNull())
    .addColumn("h", "text", (column) => column.notNull())
    .addColumn("user_id", "text", (column) => column.notNull())
    .addColumn("bytes", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("staged_key", ["g", "h"])
    .execute();
  // With the bytes in it, so that a person's sum is read from the index alone.
  await db.schema.createIndex("staged_user").on("staged").columns(["user_id", "bytes"]).execute();
  await db.schema
    .createTable("group_size")
    .addColumn("g", "text", (column) => column.primaryKey())
    .addColumn("bytes", "bigint", (column) => column.notNull())
    .execute();
  // What was there before counts for its group, and for nobody: it is not known who sent it.
  await sql`insert into group_size (g, bytes)
    select g, sum(bytes) from (
      select g, length(ciphertext) as bytes from blob union all select g, length(list) as bytes from rotation_list
    ) as kept group by g`.execute(db);
}
