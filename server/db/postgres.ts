import {
  type Dialect,
  type PostgresCursor,
  PostgresDialect,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from "kysely";
import pg from "pg";

/** As text by default, because a bigint may be more than a number holds; ours are times and counts. */
const BIGINT = 20;

/** PostgreSQL, by its address: postgres://user:password@host/database. */
export function postgresDialect(url: string): Dialect {
  const pool = new pg.Pool({
    connectionString: url,
    // What is sent together (together.ts) does not wait for each other's answers.
    pipeline: true,
    types: {
      getTypeParser: (type: number, format?: "text" | "binary") =>
        type === BIGINT ? Number : pg.types.getTypeParser(type, format as "text"),
    },
  });
  // A connection that rested when the database went away: nobody waits for it, and the next query makes another or says why not.
  pool.on("error", () => {});
  // Kysely remembers a connection by its client: each has one here, too.
  const clients = new WeakMap<pg.PoolClient, ReadyClient>();
  const connect = async () => {
    const client = await pool.connect();
    const ready = clients.get(client) ?? new ReadyClient(client);
    clients.set(client, ready);
    return ready;
  };
  return new PostgresDialect({ pool: { options: pool.options, connect, end: () => pool.end() } });
}

/** Lists of any length are in some statements: more than so many different ones are not worth remembering. */
const MOST_STATEMENTS = 300;
const names = new Map<string, string>();

/** By which name a connection keeps a statement ready; undefined: it is read anew each time. */
function nameOf(text: string): string | undefined {
  // What it gives would change with the columns of the table: the database refuses a ready one then.
  if (text.includes("* from")) return undefined;
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_STATEMENTS) return known;
  const name = `ready_${names.size}`;
  names.set(text, name);
  return name;
}

/** Reads each statement once for a connection: reading and planning it takes as long again as most of ours take to run. */
class ReadyClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    asked: string | PostgresCursor<R>,
    values: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof asked !== "string") throw Error("nothing is read by a cursor here");
    const name = values.length > 0 ? nameOf(asked) : undefined;
    const answered = this.#client.query({ ...(name && { name }), text: asked, values: [...values] });
    return answered as Promise<unknown> as Promise<PostgresQueryResult<R>>;
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy);
  }
}
