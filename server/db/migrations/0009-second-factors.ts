import { type Kysely, sql } from "kysely";
import { BYTES } from "../column-types.ts";
import type { DatabaseKind } from "../open.ts";

/** Second factors, what sessions have shown of them, and what was done about them. */
export async function up(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  const bytes = BYTES[kind];
  await db.schema
    .alterTable("user")
    .addColumn("factors", "integer", (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .alterTable("user")
    .addColumn("administrator", "integer", (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable("user").addColumn("factor_due_at", "bigint").execute();
  // Whoever came first set the server up.
  await sql`update "user" set administrator = 1 where user_id = (
    select user_id from "user" where replaced_by is null order by made_at, user_id limit 1)`.execute(db);
  await db.schema.alterTable("session").addColumn("factor_at", "bigint").execute();
  await db.schema.alterTable("session").addColumn("strong_at", "bigint").execute();
  await db.schema
    .createTable("factor")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("user_id", "text", (column) => column.notNull().references("user.user_id").onDelete("cascade"))
    .addColumn("module", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("kept", bytes, (column) => column.notNull())
    .addColumn("rev", "integer", (column) => column.notNull())
    .addColumn("made_at", "bigint", (column) => column.notNull())
    .addColumn("verified_at", "bigint")
    .addColumn("used_at", "bigint")
    .execute();
  await db.schema.createIndex("factor_user").on("factor").column("user_id").execute();
  await db.schema
    .createTable("session_method")
    .addColumn("token_hash", "text", (column) =>
      column.notNull().references("session.token_hash").onDelete("cascade").onUpdate("cascade"),
    )
    .addColumn("factor_id", "text", (column) => column.notNull())
    .addColumn("module", "text", (column) => column.notNull())
    .addColumn("strength", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("session_method_key", ["token_hash", "factor_id"])
    .execute();
  await db.schema.createIndex("session_method_factor").on("session_method").column("factor_id").execute();
  await db.schema
    .createTable("mfa_challenge")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("token_hash", "text", (column) =>
      column.notNull().references("session.token_hash").onDelete("cascade").onUpdate("cascade"),
    )
    .addColumn("factor_id", "text", (column) => column.notNull().references("factor.id").onDelete("cascade"))
    .addColumn("kept", bytes, (column) => column.notNull())
    .addColumn("tries", "integer", (column) => column.notNull())
    .addColumn("until", "bigint", (column) => column.notNull())
    .execute();
  for (const column of ["token_hash", "factor_id", "until"])
    await db.schema.createIndex(`mfa_challenge_${column}`).on("mfa_challenge").column(column).execute();
  await db.schema
    .createTable("remembered_device")
    .addColumn("token_hash", "text", (column) => column.primaryKey())
    .addColumn("user_id", "text", (column) => column.notNull().references("user.user_id").onDelete("cascade"))
    .addColumn("factor_id", "text", (column) => column.notNull().references("factor.id").onDelete("cascade"))
    .addColumn("network", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("remembered_device_user").on("remembered_device").column("user_id").execute();
  await db.schema
    .createTable("mfa_wait")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("failures", "integer", (column) => column.notNull())
    .addColumn("until", "bigint", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("factor_reset")
    .addColumn("user_id", "text", (column) =>
      column.primaryKey().references("user.user_id").onDelete("cascade"),
    )
    .addColumn("asked_at", "bigint", (column) => column.notNull())
    .addColumn("due_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("activity")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("user_id", "text", (column) => column.notNull().references("user.user_id").onDelete("cascade"))
    .addColumn("by_user", "text")
    .addColumn("what", "text", (column) => column.notNull())
    .addColumn("module", "text")
    .addColumn("name", "text")
    .execute();
  await db.schema.createIndex("activity_user").on("activity").columns(["user_id", "at"]).execute();
}
