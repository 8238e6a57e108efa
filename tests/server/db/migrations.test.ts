import { Kysely } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { expect, it } from "vitest";
import { up as groups } from "../../../server/db/migrations/0001-groups.ts";
import { up as users } from "../../../server/db/migrations/0002-users.ts";
import { postgresDialect } from "../../../server/db/postgres.ts";
import { sqliteDialect } from "../../../server/db/sqlite.ts";
import { onBothDatabases } from "../databases.ts";

onBothDatabases(({ kind, newPlace, open }) => {
  it("a database of an earlier version is brought up to date, and keeps its people and their sessions", async () => {
    const place = await newPlace();
    const earlier = new Kysely<Record<string, Record<string, unknown>>>({
      dialect: kind === "postgres" ? postgresDialect(place) : sqliteDialect(place),
    });
    const migrations: Record<string, Migration> = {
      "0001-groups": { up: (db) => groups(db, kind) },
      "0002-users": { up: (db) => users(db, kind) },
    };
    const provider = { getMigrations: async () => migrations };
    expect((await new Migrator({ db: earlier, provider }).migrateToLatest()).error).toBeUndefined();
    const alice = {
      user_id: "alice",
      email: "alice@example.com",
      login_id: "login",
      record: "record",
      sig: "sig",
      enc: "enc",
      recovery: "recovery",
      bundle: new Uint8Array([1]),
      wrapped_by_password: new Uint8Array([2]),
      wrapped_by_kit: new Uint8Array([3]),
      bundle_ver: 4,
      suspended: 0,
      made_at: 5,
    };
    const session = { token_hash: "hash", user_id: "alice", made_at: 6, used_at: 7, signed_in_at: 8 };
    const token = { token_hash: "token", until: 9, login_id: null, user_id: null, used_at: null };
    await earlier.insertInto("user").values(alice).execute();
    await earlier.insertInto("session").values(session).execute();
    await earlier.insertInto("registration_token").values(token).execute();
    await earlier.destroy();

    const db = await open(place);
    const [row] = await db.selectFrom("user").selectAll().execute();
    expect({ ...row, bundle: new Uint8Array(row?.bundle ?? []) }).toMatchObject({
      user_id: "alice",
      bundle: new Uint8Array([1]),
      bundle_ver: 4,
      replaced_by: null,
    });
    expect(await db.selectFrom("session").selectAll().execute()).toEqual([{ ...session, label: null }]);
    const tokens = await db.selectFrom("registration_token").selectAll().execute();
    expect(tokens).toEqual([{ ...token, replaces: null }]);
  });
});
