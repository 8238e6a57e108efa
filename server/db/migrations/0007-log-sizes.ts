import { type Kysely, sql } from "kysely";
import type { DatabaseKind } from "../open.ts";

/** What links, and the lists that they name, count for; and where counters go on. */
export async function up(db: Kysely<unknown>, _kind: DatabaseKind): Promise<void> {
  await db.schema
    .createTable("log_size")
    .addColumn("g", "text", (column) => column.primaryKey())
    .addColumn("bytes", "bigint", (column) => column.notNull())
    .execute();
  // A single list of its epoch is the one that the link names. Where another one came too late, both go on counting for
  // the group: the log alone says which is which.
  const named = sql`select l.g as g, length(l.list) as bytes from rotation_list l
    join group_state s on s.g = l.g and l.epoch <= s.epoch
    where (select count(*) from rotation_list o where o.g = l.g and o.epoch = l.epoch) = 1`;
  await sql`insert into log_size (g, bytes)
    select g, sum(bytes) from (
      select g, length(body) + length(sig) as bytes from group_link union all ${named}
    ) as kept group by g`.execute(db);
  await sql`update group_size set bytes = bytes - (select coalesce(sum(bytes), 0) from (${named}) as lists
    where lists.g = group_size.g)`.execute(db);
  await db.schema
    .createTable("moved_counter")
    .addColumn("g", "text", (column) => column.notNull().references("group_state.g"))
    .addColumn("record_id", "text", (column) => column.notNull())
    .addColumn("to_g", "text", (column) => column.notNull().references("group_state.g"))
    .addColumn("to_record", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("moved_counter_key", ["g", "record_id"])
    .execute();
}
