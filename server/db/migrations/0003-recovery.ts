import type { Kysely } from "kysely";
import { BYTES } from "../column-types.ts";
import type { DatabaseKind } from "../open.ts";

export async function up(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await db.schema.alterTable("user").addColumn("replaced_by", "text").execute();
  await db.schema.alterTable("session").addColumn("label", BYTES[kind]).execute();
  await db.schema.alterTable("registration_token").addColumn("replaces", "text").execute();
  await db.schema.alterTable("sign_in_round").addColumn("record", "text").execute();
  await db.schema.createIndex("sign_in_round_user").on("sign_in_round").column("user_id").execute();
  await db.schema
    .createTable("recovery_round")
    .addColumn("token_hash", "text", (column) => column.primaryKey())
    .addColumn("user_id", "text")
    .addColumn("challenge", "text", (column) => column.notNull())
    .addColumn("opened_ver", "integer")
    .addColumn("made_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("recovery_round_user").on("recovery_round").column("user_id").execute();
  await db.schema.createIndex("recovery_round_made").on("recovery_round").column("made_at").execute();
}
