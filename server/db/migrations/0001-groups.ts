import type { Kysely } from "kysely";
import { BYTES } from "../column-types.ts";
import type { DatabaseKind } from "../open.ts";

export async function up(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  const bytes = BYTES[kind];
  await db.schema
    .createTable("group_state")
    .addColumn("g", "text", (column) => column.primaryKey())
    .addColumn("n", "integer", (column) => column.notNull())
    .addColumn("head", "text", (column) => column.notNull())
    .addColumn("epoch", "integer", (column) => column.notNull())
    .addColumn("commitment", "text", (column) => column.notNull())
    .addColumn("rotation_due", "integer", (column) => column.notNull())
    .addColumn("closed", "integer", (column) => column.notNull())
    .addColumn("members", "integer", (column) => column.notNull())
    .addColumn("owners", "integer", (column) => column.notNull())
    .addColumn("records", "integer", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("group_link")
    .addColumn("g", "text", (column) => column.notNull())
    .addColumn("n", "integer", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("sig", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("taken_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("group_link_key", ["g", "n"])
    .execute();
  await db.schema
    .createTable("group_member")
    .addColumn("g", "text", (column) => column.notNull().references("group_state.g"))
    .addColumn("user_id", "text", (column) => column.notNull())
    .addColumn("joined", "integer", (column) => column.notNull())
    .addColumn("sig", "text", (column) => column.notNull())
    .addColumn("enc", "text", (column) => column.notNull())
    .addColumn("role", "text", (column) => column.notNull())
    .addColumn("left_n", "integer")
    .addPrimaryKeyConstraint("group_member_key", ["g", "user_id", "joined"])
    .execute();
  await db.schema
    .createIndex("group_member_user")
    .on("group_member")
    .columns(["user_id", "left_n"])
    .execute();
  await db.schema
    .createTable("record_head")
    .addColumn("g", "text", (column) => column.notNull().references("group_state.g"))
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("ver", "integer", (column) => column.notNull())
    .addColumn("h", "text")
    .addColumn("epoch", "integer", (column) => column.notNull())
    .addColumn("by_user", "text", (column) => column.notNull())
    .addColumn("made", "integer", (column) => column.notNull())
    .addColumn("changed", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("record_head_key", ["g", "id"])
    .execute();
  await db.schema.createIndex("record_head_changed").on("record_head").columns(["g", "changed"]).execute();
  await db.schema
    .createTable("blob")
    .addColumn("g", "text", (column) => column.notNull())
    .addColumn("h", "text", (column) => column.notNull())
    .addColumn("ciphertext", bytes, (column) => column.notNull())
    .addColumn("staged_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("blob_key", ["g", "h"])
    .execute();
  await db.schema
    .createTable("rotation_list")
    .addColumn("g", "text", (column) => column.notNull())
    .addColumn("epoch", "integer", (column) => column.notNull())
    .addColumn("h", "text", (column) => column.notNull())
    .addColumn("list", bytes, (column) => column.notNull())
    .addColumn("staged_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("rotation_list_key", ["g", "epoch", "h"])
    .execute();
  await db.schema
    .createTable("seal")
    .addColumn("g", "text", (column) => column.notNull())
    .addColumn("epoch", "integer", (column) => column.notNull())
    .addColumn("user_id", "text", (column) => column.notNull())
    .addColumn("sealed", bytes, (column) => column.notNull())
    .addPrimaryKeyConstraint("seal_key", ["g", "epoch", "user_id"])
    .execute();
}
