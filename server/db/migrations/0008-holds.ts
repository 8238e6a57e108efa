import type { Kysely } from "kysely";
import type { DatabaseKind } from "../open.ts";

/** Whose turn it is in a group, where somebody crossed their removal of a member or their new key. */
export async function up(db: Kysely<unknown>, _kind: DatabaseKind): Promise<void> {
  await db.schema
    .createTable("group_hold")
    .addColumn("g", "text", (column) => column.primaryKey().references("group_state.g"))
    .addColumn("user_id", "text", (column) => column.notNull())
    .addColumn("until", "bigint", (column) => column.notNull())
    .execute();
}
