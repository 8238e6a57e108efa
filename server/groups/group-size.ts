import { type Compilable, sql, type Transaction } from "kysely";
import { ready } from "../db/ready.ts";
import type { GroupSizeRow, Schema } from "../db/schema.ts";
import { together } from "../db/together.ts";

/** What is kept, by its hash, and how many bytes it has. */
export type Sized = { readonly h: string; readonly bytes: number };

/** Counts for a group, and its log, what is kept from now on, or what is not any more where it is negative. */
export async function grow(
  trx: Transaction<Schema>,
  table: "group_size" | "log_size",
  g: string,
  bytes: number,
): Promise<void> {
  await together(trx, growing(trx, table, g, bytes));
}

/** The statements of grow, for what is sent together with them. */
export function growing(
  trx: Transaction<Schema>,
  table: "group_size" | "log_size",
  g: string,
  bytes: number,
): Compilable[] {
  return bytes === 0 ? [] : [GROWING[table](trx, { g, bytes })];
}

const growingOf = (table: "group_size" | "log_size") =>
  ready((db, row: GroupSizeRow) =>
    db
      .insertInto(table)
      .values(row)
      .onConflict((conflict) =>
        conflict.column("g").doUpdateSet({ bytes: sql`${sql.ref(`${table}.bytes`)} + excluded.bytes` }),
      ),
  );

const GROWING = { group_size: growingOf("group_size"), log_size: growingOf("log_size") };

/** How many bytes are counted for a group. */
export async function sizeOf(
  trx: Transaction<Schema>,
  table: "group_size" | "log_size",
  g: string,
): Promise<number> {
  const size = await trx.selectFrom(table).select("bytes").where("g", "=", g).executeTakeFirst();
  return Number(size?.bytes ?? 0);
}

/** Links name this now, or it is gone: it counts for nobody who sent it. To be called in the transaction of either. */
export async function noLongerStaged(
  trx: Transaction<Schema>,
  g: string,
  hashes: readonly string[],
): Promise<void> {
  await together(trx, forgettingStaged(trx, g, hashes));
}

/** The statements of noLongerStaged, for what is sent together with them. */
export function forgettingStaged(
  trx: Transaction<Schema>,
  g: string,
  hashes: readonly string[],
): Compilable[] {
  const statements: Compilable[] = [];
  for (let at = 0; at < hashes.length; at += HASHES_AT_ONCE) {
    const some = hashes.slice(at, at + HASHES_AT_ONCE);
    statements.push(forgetting(trx, { g, hashes: some }));
  }
  return statements;
}

const forgetting = ready((db, { g, hashes }: { readonly g: string; readonly hashes: readonly string[] }) =>
  db.deleteFrom("staged").where("g", "=", g).where("h", "in", hashes),
);

const HASHES_AT_ONCE = 1_000;

/** Gives back the room of what is dropped. To be called in the transaction that drops it. */
export async function giveBack(
  trx: Transaction<Schema>,
  g: string,
  dropped: readonly Sized[],
): Promise<void> {
  if (dropped.length === 0) return;
  const hashes = dropped.map(({ h }) => h);
  await noLongerStaged(trx, g, hashes);
  await grow(trx, "group_size", g, -sumOf(dropped));
}

/** How many bytes all of it has. */
export function sumOf(all: readonly Sized[]): number {
  return all.reduce((total, { bytes }) => total + bytes, 0);
}
