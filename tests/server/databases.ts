import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { type Database, type DatabaseKind, openDatabase } from "../../server/db/open.ts";
import { type PostgresServer, startPostgres } from "./postgres-server.ts";

/** What the tests of one file are given: databases that are new and empty, real ones of either kind. */
export type FreshDatabases = {
  readonly kind: DatabaseKind;
  /** Where a new one is to be opened: a path or an address. */
  newPlace(): Promise<string>;
  /** Opens it; it is closed after the test. */
  open(place?: string): Promise<Database>;
};

/** The same tests on SQLite and on PostgreSQL. */
export function onBothDatabases(tests: (databases: FreshDatabases) => void): void {
  describe("on SQLite", () => tests(sqliteDatabases()));
  describe("on PostgreSQL", () => tests(postgresDatabases()));
}

function sqliteDatabases(): FreshDatabases {
  let folder = "";
  let made = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "countersign-sqlite-"));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return withOpened("sqlite", async () => join(folder, `${made++}.sqlite`));
}

function postgresDatabases(): FreshDatabases {
  let server: PostgresServer | undefined;
  beforeAll(async () => {
    server = await startPostgres("fast");
  }, 60_000);
  afterAll(() => server?.stop());
  return withOpened("postgres", async () => {
    if (server === undefined) throw Error("no PostgreSQL was started");
    return server.newDatabase();
  });
}

function withOpened(kind: DatabaseKind, newPlace: () => Promise<string>): FreshDatabases {
  const opened: Database[] = [];
  afterEach(async () => {
    for (const db of opened.splice(0)) await db.destroy();
  });
  return {
    kind,
    newPlace,
    async open(place) {
      const db = await openDatabase(place ?? (await newPlace()));
      opened.push(db);
      return db;
    },
  };
}
