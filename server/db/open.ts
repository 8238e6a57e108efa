import { Kysely } from "kysely";
import { migrate } from "./migrate.ts";
import { postgresDialect } from "./postgres.ts";
import type { Schema } from "./schema.ts";
import { sqliteDialect } from "./sqlite.ts";

export type DatabaseKind = "sqlite" | "postgres";
export type Database = Kysely<Schema>;

/**
 * Opens the database and brings it up to date.
 *
 * @param where a file's path for SQLite, or a postgres:// address
 */
export async function openDatabase(where: string): Promise<Database> {
  const kind: DatabaseKind = isPostgres(where) ? "postgres" : "sqlite";
  const db: Database = new Kysely<Schema>({
    dialect: kind === "postgres" ? postgresDialect(where) : sqliteDialect(where),
  });
  try {
    await migrate(db, kind);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** Opens a file of SQLite to look at it as it is: nothing is brought up to date, and nothing can be written. */
export function openReadOnly(path: string): Database {
  return new Kysely<Schema>({ dialect: sqliteDialect(path, "read-only") });
}

/** Whether what names a database names a PostgreSQL. */
export function isPostgres(where: string): boolean {
  return /^postgres(ql)?:\/\//.test(where);
}
