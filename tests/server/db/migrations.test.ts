import { Kysely } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { expect, it } from "vitest";
import { up as groups } from "../../../server/db/migrations/0001-groups.ts";
import { up as users } from "../../../server/db/migrations/0002-users.ts";
import { up as recovery } from "../../../server/db/migrations/0003-recovery.ts";
import { up as invitations } from "../../../server/db/migrations/0004-invitations.ts";
import { up as quotas } from "../../../server/db/migrations/0006-quotas.ts";
import { up as logSizes } from "../../../server/db/migrations/0007-log-sizes.ts";
import { up as holds } from "../../../server/db/migrations/0008-holds.ts";
import { up as secondFactors } from "../../../server/db/migrations/0009-second-factors.ts";
import { postgresDialect } from "../../../server/db/postgres.ts";
import type { Schema } from "../../../server/db/schema.ts";
import { sqliteDialect } from "../../../server/db/sqlite.ts";
import { onBothDatabases } from "../databases.ts";

onBothDatabases(({ kind, newPlace, open }) => {
  const dialectOf = (place: string) => (kind === "postgres" ? postgresDialect(place) : sqliteDialect(place));

  it("what there was before counts for logs and groups from then on as what comes later does", async () => {
    const place = await newPlace();
    const earlier = new Kysely<Schema>({ dialect: dialectOf(place) });
    const migrations: Record<string, Migration> = {};
    for (const [at, up] of [groups, users, recovery, invitations, quotas].entries())
      migrations[
        `000${at < 4 ? at + 1 : 6}-${["groups", "users", "recovery", "invitations", "quotas"][at]}`
      ] = {
        up: (db) => up(db, kind),
      };
    const provider = { getMigrations: async () => migrations };
    expect((await new Migrator({ db: earlier, provider }).migrateToLatest()).error).toBeUndefined();
    const numbers = { rotation_due: 0, closed: 0, members: 1, owners: 1, records: 0 };
    await earlier
      .insertInto("group_state")
      .values({ g: "g", n: 1, head: "h", epoch: 3, commitment: "c", ...numbers })
      .execute();
    const link = { g: "g", body: "12345", sig: "123", hash: "", taken_at: 0 };
    await earlier
      .insertInto("group_link")
      .values([0, 1].map((n) => ({ ...link, n })))
      .execute();
    // Named; one too late beside the named one; and not named yet.
    const lists = [
      [2, "a", 10],
      [3, "b", 20],
      [3, "c", 30],
      [4, "d", 40],
    ] as const;
    for (const [epoch, h, bytes] of lists)
      await earlier
        .insertInto("rotation_list")
        .values({ g: "g", epoch, h, list: new Uint8Array(bytes), staged_at: 0 })
        .execute();
    await earlier.insertInto("group_size").values({ g: "g", bytes: 1_100 }).execute();
    await earlier.destroy();

    const db = await open(place);
    expect(await db.selectFrom("log_size").selectAll().execute()).toEqual([{ g: "g", bytes: 26 }]);
    expect(await db.selectFrom("group_size").selectAll().execute()).toEqual([{ g: "g", bytes: 1_090 }]);
  });

  it("a factor that was called by nothing has no name from then on, and what refers to one stays", async () => {
    const place = await newPlace();
    const earlier = new Kysely<Record<string, Record<string, unknown>>>({ dialect: dialectOf(place) });
    const steps = [groups, users, recovery, invitations, quotas, logSizes, holds, secondFactors];
    const names = ["0001-groups", "0002-users", "0003-recovery", "0004-invitations", "0006-quotas"];
    names.push("0007-log-sizes", "0008-holds", "0009-second-factors");
    const migrations = Object.fromEntries(
      names.map((name, at): [string, Migration] => [name, { up: async (db) => steps[at]?.(db, kind) }]),
    );
    const provider = { getMigrations: async () => migrations };
    expect((await new Migrator({ db: earlier, provider }).migrateToLatest()).error).toBeUndefined();
    const bytes = new Uint8Array([1]);
    const ids = { user_id: "alice", email: "alice@example.com", login_id: "l", record: "r" };
    const keys = { sig: "s", enc: "e", recovery: "r", bundle: bytes, bundle_ver: 1 };
    const wraps = { wrapped_by_password: bytes, wrapped_by_kit: bytes };
    await earlier
      .insertInto("user")
      .values({ ...ids, ...keys, ...wraps, suspended: 0, made_at: 1 })
      .execute();
    const factor = { user_id: "alice", module: "totp", kept: bytes, rev: 1, made_at: 1 };
    for (const [id, name] of [
      ["named", "my phone"],
      ["unnamed", ""],
    ] as const)
      await earlier
        .insertInto("factor")
        .values({ ...factor, id, name })
        .execute();
    const device = { token_hash: "t", user_id: "alice", factor_id: "unnamed", network: "n", at: 1 };
    await earlier.insertInto("remembered_device").values(device).execute();
    await earlier.destroy();

    const db = await open(place);
    const rows = await db.selectFrom("factor").select(["id", "name"]).orderBy("id").execute();
    expect(rows).toEqual([
      { id: "named", name: "my phone" },
      { id: "unnamed", name: null },
    ]);
    expect(await db.selectFrom("remembered_device").selectAll().execute()).toEqual([device]);
  });

  it("a database of an earlier version is brought up to date, and keeps its people and their sessions", async () => {
    const place = await newPlace();
    const earlier = new Kysely<Record<string, Record<string, unknown>>>({
      dialect: dialectOf(place),
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
      // Whoever was here first set the server up.
      administrator: 1,
      factors: 0,
    });
    expect(await db.selectFrom("session").selectAll().execute()).toEqual([
      { ...session, label: null, factor_at: null, strong_at: null },
    ]);
    const tokens = await db.selectFrom("registration_token").selectAll().execute();
    expect(tokens).toEqual([{ ...token, replaces: null }]);
  });
});
