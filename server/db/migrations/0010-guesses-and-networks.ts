import { type Kysely, sql } from "kysely";

/** Factors that nobody has named; who is being guessed at; and in which networks people have shown a factor. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // SQLite can't say of a column that it may be empty from now on, and a table that is made anew takes along what refers to it.
  await db.schema.alterTable("factor").addColumn("own_name", "text").execute();
  await sql`update factor set own_name = name where name <> ''`.execute(db);
  await db.schema.alterTable("factor").dropColumn("name").execute();
  await db.schema.alterTable("factor").renameColumn("own_name", "name").execute();
  await sql`update activity set name = null where name = ''`.execute(db);
  await db.schema
    .createTable("factor_guessing")
    .addColumn("user_id", "text", (column) =>
      column.primaryKey().references("user.user_id").onDelete("cascade"),
    )
    .addColumn("wrong", "integer", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("told_at", "bigint")
    .execute();
  await db.schema
    .createTable("known_network")
    .addColumn("user_id", "text", (column) => column.notNull().references("user.user_id").onDelete("cascade"))
    .addColumn("network", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("known_network_key", ["user_id", "network"])
    .execute();
  await db.schema.createIndex("known_network_at").on("known_network").column("at").execute();
}
