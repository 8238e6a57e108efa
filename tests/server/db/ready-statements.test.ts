import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type Database, openDatabase } from "../../../server/db/open.ts";
import { findSession, listSessions } from "../../../server/sessions/session.ts";
import { type PostgresServer, startPostgres } from "../postgres-server.ts";

let server: PostgresServer;
let db: Database;
beforeAll(async () => {
  server = await startPostgres("fast");
}, 60_000);
afterAll(() => server?.stop());
beforeEach(async () => {
  db = await openDatabase(await server.newDatabase());
});
afterEach(() => db?.destroy());

it("a connection to PostgreSQL reads a statement once, however often it runs", async () => {
  await db.transaction().execute(async (trx) => {
    for (let time = 0; time < 3; time++) await findSession(trx, `token ${time}`, 0);
    const ready = await sql<{ runs: number }>`
      select generic_plans + custom_plans as runs from pg_prepared_statements
      where statement like ${'%from "session"%'}`.execute(trx);
    expect(ready.rows.map(({ runs }) => Number(runs))).toEqual([3]);
  });
});

it("what gives whole rows goes on when a later version adds a column to its table", async () => {
  await db.transaction().execute(async (trx) => {
    for (let time = 0; time < 6; time++) expect(await listSessions(trx, "nobody", 0)).toEqual([]);
    await sql`alter table session add column later text`.execute(trx);
    expect(await listSessions(trx, "nobody", 0)).toEqual([]);
  });
});
