import { chmodSync, closeSync, openSync } from "node:fs";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
} from "kysely";

/**
 * SQLite as it comes with Node, for Kysely. The file is readable by its owner alone, every commit is on the disk before
 * it is answered for (synchronous=FULL; a power cut loses none), and readers don't wait for writers (WAL).
 */
export function sqliteDialect(path: string, mode: "read-only" | "writable" = "writable"): Dialect {
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () =>
      new SerialDriver({ database: mode === "writable" ? openSqlite(path) : lookInto(path) }),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function openSqlite(path: string): SqliteDatabase {
  // Made here, because the database would make it readable by others for a moment.
  closeSync(openSync(path, "a", 0o600));
  chmodSync(path, 0o600);
  const database = new DatabaseSync(path);
  for (const pragma of ["busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"]) {
    database.exec(`PRAGMA ${pragma}`);
  }
  return forKysely(database);
}

/** A file as it is: opening it for writing would change it. */
function lookInto(path: string): SqliteDatabase {
  const database = new DatabaseSync(path, { readOnly: true });
  database.exec("PRAGMA busy_timeout=5000");
  return forKysely(database);
}

/** Lists of any length are in some statements: more than so many different ones are not worth remembering. */
const MOST_STATEMENTS = 500;

function forKysely(database: DatabaseSync): SqliteDatabase {
  // Reading a statement, and asking it what it gives, takes longer than most of ours take to run.
  const ready = new Map<string, SqliteStatement>();
  const remember = (sql: string): SqliteStatement => {
    if (ready.size >= MOST_STATEMENTS) ready.clear();
    const statement = forKyselyToRun(database.prepare(sql));
    ready.set(sql, statement);
    return statement;
  };
  return {
    close: () => database.close(),
    prepare: (sql) => ready.get(sql) ?? remember(sql),
  };
}

function forKyselyToRun(statement: StatementSync): SqliteStatement {
  const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)),
  };
}

/** Kysely takes it that SQLite can't take back what changes tables; it can, and a migration that is killed must leave nothing. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * One connection, used by one at a time: a query that came between those of somebody else's transaction would be part of
 * it. A transaction takes the right to write at once: two that read first and then both wanted to write could only fail.
 */
class SerialDriver extends SqliteDriver {
  #last: Promise<void> = Promise.resolve();
  #release = (): void => {};

  override async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#last;
    let release = (): void => {};
    this.#last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    this.#release = release;
    return super.acquireConnection();
  }

  override async releaseConnection(): Promise<void> {
    this.#release();
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }
}
