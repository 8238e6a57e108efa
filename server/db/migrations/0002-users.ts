import type { Kysely } from "kysely";
import { BYTES } from "../column-types.ts";
import type { DatabaseKind } from "../open.ts";

export async function up(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await db.schema
    .createTable("user")
    .addColumn("user_id", "text", (column) => column.primaryKey())
    .addColumn("email", "text", (column) => column.notNull().unique())
    .addColumn("login_id", "text", (column) => column.notNull().unique())
    .addColumn("record", "text", (column) => column.notNull())
    .addColumn("sig", "text", (column) => column.notNull())
    .addColumn("enc", "text", (column) => column.notNull())
    .addColumn("recovery", "text", (column) => column.notNull())
    .addColumn("bundle", BYTES[kind], (column) => column.notNull())
    .addColumn("wrapped_by_password", BYTES[kind], (column) => column.notNull())
    .addColumn("wrapped_by_kit", BYTES[kind], (column) => column.notNull())
    .addColumn("bundle_ver", "integer", (column) => column.notNull())
    .addColumn("suspended", "integer", (column) => column.notNull())
    .addColumn("made_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("session")
    .addColumn("token_hash", "text", (column) => column.primaryKey())
    .addColumn("user_id", "text", (column) => column.notNull().references("user.user_id").onDelete("cascade"))
    .addColumn("made_at", "bigint", (column) => column.notNull())
    .addColumn("used_at", "bigint", (column) => column.notNull())
    .addColumn("signed_in_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("session_user").on("session").column("user_id").execute();
  await db.schema
    .createTable("sign_in_round")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("user_id", "text")
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("made_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("registration_token")
    .addColumn("token_hash", "text", (column) => column.primaryKey())
    .addColumn("until", "bigint", (column) => column.notNull())
    .addColumn("login_id", "text")
    .addColumn("user_id", "text")
    .addColumn("used_at", "bigint")
    .execute();
  await db.schema
    .createTable("rate_limit")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("left_over", "double precision", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .execute();
}
