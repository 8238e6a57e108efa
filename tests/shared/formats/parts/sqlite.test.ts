import initSqlJs from "sql.js/dist/sql-wasm-inline.js";
import { expect, test } from "vitest";
import type { Bytes } from "../../../../shared/bytes.ts";
import { mentionsAll, readTable } from "../../../../shared/formats/parts/sqlite.ts";
import { readFile } from "../../../../shared/formats/read-file.ts";

async function databaseOf(...statements: string[]): Promise<Bytes> {
  const { Database } = await initSqlJs();
  const database = new Database();
  for (const statement of statements) database.run(statement);
  const bytes = new Uint8Array(database.export());
  database.close();
  return bytes;
}

const ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)";

test("a table is read by the columns that it has", async () => {
  const bytes = await databaseOf(
    'CREATE TABLE Accounts (Email TEXT, "odd ""name" TEXT, secret BLOB)',
    "INSERT INTO Accounts VALUES ('alice', 'x', x'0102')",
  );
  expect(await readTable(bytes, "accounts", ["email", "secret", "missing"])).toEqual({
    ok: true,
    value: [{ email: "alice", secret: new Uint8Array([1, 2]) }],
  });
  expect(await readTable(bytes, "accounts", ['odd "name'])).toEqual({
    ok: true,
    value: [{ 'odd "name': "x" }],
  });
  expect(mentionsAll(bytes, ["Accounts", "secret"])).toBe(true);
});

test("a view that computes for ever is not read, though it has the name of the table", async () => {
  const bytes = await databaseOf(`CREATE VIEW accounts AS ${ENDLESS} SELECT i AS email, i AS secret FROM n`);
  expect(await readTable(bytes, "accounts", ["email", "secret"])).toEqual({ ok: false, error: "corrupt" });
});

test("a view that was entered as a table is not read either", async () => {
  const bytes = await databaseOf(
    `CREATE VIEW accounts AS ${ENDLESS} SELECT i AS email, i AS secret FROM n`,
    "PRAGMA writable_schema = ON",
    "UPDATE sqlite_master SET type = 'table' WHERE name = 'accounts'",
  );
  expect(await readTable(bytes, "accounts", ["email", "secret"])).toEqual({ ok: false, error: "corrupt" });
});

test("columns that are computed are left alone", async () => {
  const bytes = await databaseOf(
    "CREATE TABLE accounts (email TEXT)",
    "INSERT INTO accounts VALUES ('alice')",
    "ALTER TABLE accounts ADD COLUMN secret TEXT GENERATED ALWAYS AS (hex(zeroblob(400000000))) VIRTUAL",
  );
  expect(await readTable(bytes, "accounts", ["email", "secret"])).toEqual({
    ok: true,
    value: [{ email: "alice" }],
  });
});

test("a value longer than any name or secret is left out", async () => {
  const bytes = await databaseOf(
    "CREATE TABLE accounts (email TEXT, secret BLOB)",
    "INSERT INTO accounts VALUES ('alice', zeroblob(65537))",
  );
  expect(await readTable(bytes, "accounts", ["email", "secret"])).toEqual({
    ok: true,
    value: [{ email: "alice", secret: null }],
  });
});

test("a database of broken pages is damaged, wherever it is broken", async () => {
  const whole = await databaseOf(
    "PRAGMA page_size = 512",
    "CREATE TABLE accounts (email TEXT, secret TEXT, counter INTEGER)",
    ...Array.from(
      { length: 60 },
      (_, at) => `INSERT INTO accounts VALUES ('alice${at}', 'JBSWY3DPEHPK3PXP', 0)`,
    ),
  );
  const cut = whole.slice(0, whole.length - 700);
  expect(await readTable(cut, "accounts", ["email", "secret"])).toEqual({ ok: false, error: "corrupt" });
  // The second leaf of the table is made to be the first one again.
  const tangled = whole.slice();
  tangled.copyWithin(512 + 512 - 8, 512 + 512 - 4, 512 + 512);
  const read = await readTable(tangled, "accounts", ["email", "secret"]);
  expect(read.ok ? read.value.length : read.error).toBe("corrupt");
});

test("a database of no app that is known is of an unknown format", async () => {
  expect(await readFile(await databaseOf("CREATE TABLE birds (name TEXT)"), null)).toMatchObject({
    error: { reason: "unknown-format" },
  });
});

test("Stratum's own database is recognised", async () => {
  const bytes = await databaseOf(
    "CREATE TABLE authenticator (secret)",
    "CREATE TABLE authenticatorcategory (id)",
  );
  expect(await readFile(bytes, null)).toMatchObject({ error: { reason: "stratum-database" } });
});
