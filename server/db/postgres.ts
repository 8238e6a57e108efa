import { type Dialect, PostgresDialect } from "kysely";
import pg from "pg";

/** As text by default, because a bigint may be more than a number holds; ours are times and counts. */
const BIGINT = 20;

/** PostgreSQL, by its address: postgres://user:password@host/database. */
export function postgresDialect(url: string): Dialect {
  const pool = new pg.Pool({
    connectionString: url,
    types: {
      getTypeParser: (type: number, format?: "text" | "binary") =>
        type === BIGINT ? Number : pg.types.getTypeParser(type, format as "text"),
    },
  });
  // A connection that rested when the database went away: nobody waits for it, and the next query makes another or says why not.
  pool.on("error", () => {});
  return new PostgresDialect({ pool });
}
