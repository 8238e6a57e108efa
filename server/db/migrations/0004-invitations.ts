import type { Kysely } from "kysely";
import type { DatabaseKind } from "../open.ts";

/** It touches no table of other migrations but for an index, so that it may come before or after those beside it. */
export async function up(db: Kysely<unknown>, _kind: DatabaseKind): Promise<void> {
  await db.schema
    .createTable("invitation")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("g", "text", (column) => column.notNull().references("group_state.g"))
    .addColumn("by_user", "text", (column) => column.notNull())
    .addColumn("until", "bigint", (column) => column.notNull())
    .addColumn("ciphertext", "text", (column) => column.notNull())
    .addColumn("sig", "text", (column) => column.notNull())
    .addColumn("registration", "text", (column) => column.notNull())
    .addColumn("tries", "integer", (column) => column.notNull())
    .addColumn("user_id", "text")
    .addColumn("body", "text")
    .addColumn("mac", "text")
    .addColumn("pop", "text")
    .execute();
  await db.schema.createIndex("invitation_group").on("invitation").column("g").execute();
  await db.schema.createIndex("invitation_registration").on("invitation").column("registration").execute();
  await db.schema
    .createTable("record_counter")
    .addColumn("g", "text", (column) => column.notNull().references("group_state.g"))
    .addColumn("record_id", "text", (column) => column.notNull())
    .addColumn("counter", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("record_counter_key", ["g", "record_id"])
    .execute();
  // Which ciphertexts no head names, and since when: found out by looking at all of them, now and then.
  await db.schema
    .createTable("unnamed_blob")
    .addColumn("g", "text", (column) => column.notNull())
    .addColumn("h", "text", (column) => column.notNull())
    .addColumn("since", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("unnamed_blob_key", ["g", "h"])
    .execute();
  await db.schema.createIndex("record_head_hash").on("record_head").columns(["g", "h"]).execute();
  await db.schema
    .createTable("restored")
    .addColumn("generation", "integer", (column) => column.primaryKey())
    .addColumn("at", "bigint", (column) => column.notNull())
    .execute();
}
