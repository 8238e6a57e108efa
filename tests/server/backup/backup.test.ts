import { createHash } from "node:crypto";
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BACKUP_COMMANDS } from "../../../server/backup/commands.ts";
import type { Config } from "../../../server/config.ts";
import { type Database, openDatabase } from "../../../server/db/open.ts";
import { refold } from "../../../server/groups/refold.ts";
import { takeDataFolder } from "../../../server/running.ts";
import { beginSession } from "../../../server/sessions/session.ts";
import type { Log } from "../../shared/group/people.ts";
import { addMember, addRecord, type Joined, newGroup } from "../groups-over-http.ts";
import { outcome } from "../outcome.ts";
import { configWith, type Served, serve } from "../served.ts";

let folder: string;
let config: Config;
let db: Database;
let served: Served;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-backup-"));
  config = configWith({ COUNTERSIGN_DATA: join(folder, "data") });
  file = join(folder, "monday.backup");
  await start();
});
afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

let leave = (): void => {};

/** As main.ts does. */
async function start(): Promise<void> {
  const taken = takeDataFolder(config.dataFolder, "shared");
  if (!taken.ok) throw Error(taken.error);
  leave = taken.value;
  db = await openDatabase(config.database);
  served = await serve(db);
}

async function stop(): Promise<void> {
  await served.close();
  await db.destroy();
  leave();
}

async function run(command: string, ...words: string[]): Promise<string> {
  const done = await BACKUP_COMMANDS[command]?.runOn(config, words[0] ?? "");
  return done?.ok ? done.value : `refused: ${done?.error}`;
}

/** What is in the folder of the database, each file with a hash of its bytes. */
async function hashesOfData(): Promise<Record<string, string>> {
  const names = (await readdir(config.dataFolder)).sort();
  const contents = names.map(async (name) => [
    name,
    createHash("sha256")
      .update(await readFile(join(config.dataFolder, name)))
      .digest("hex"),
  ]);
  return Object.fromEntries(await Promise.all(contents));
}

describe("admin backup", () => {
  it("copies a database that is being written to, for its owner alone, and checks the copy", async () => {
    const alice = await served.join("alice@example.com");
    let log = await newGroup(alice);
    ({ log } = await addRecord(log, alice));
    const writing = (async () => {
      for (let at = 0; at < 10; at++) ({ log } = await addRecord(log, alice));
    })();
    const said = await run("backup", file);
    await writing;
    expect(said).toContain("holds 1 users and 1 groups");
    expect(said).toContain("It does not hold");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).sort()).toEqual(["data", "monday.backup"]);
    const copy = new DatabaseSync(file, { readOnly: true });
    const links = copy.prepare("select count(*) as n from group_link").get()?.n;
    copy.close();
    expect(links).toBeGreaterThanOrEqual(2);
    expect(await run("backup", file)).toContain("is there already");
  });

  it("makes none of a database whose log is not sound", async () => {
    const log = await newGroup(await served.join("alice@example.com"));
    await db.updateTable("group_state").set({ owners: 2 }).execute();
    expect(await run("backup", file)).toBe(
      `refused: No backup was made: the log of group ${log.known.core?.g} is not sound.`,
    );
    expect(await readdir(folder)).toEqual(["data"]);
  });
});

describe("admin restore", () => {
  /** Two people, a group with a record, and a backup of that. */
  async function backedUp(): Promise<{ alice: Joined; bob: Joined; log: Log }> {
    const [alice, bob] = [await served.join("alice@example.com"), await served.join("bob@example.com")];
    const made = await addRecord(await addMember(await newGroup(alice), alice, bob, "editor"), alice);
    expect(await run("backup", file)).toContain("2 users and 1 groups");
    return { alice, bob, log: made.log };
  }

  it("drill: what came after the backup is gone, said, kept beside, and healed by those who have it", async () => {
    const { alice, bob, log } = await backedUp();
    let later = log;
    for (let at = 0; at < 20; at++) ({ log: later } = await addRecord(later, at % 2 ? alice : bob));
    const blobs = await db.selectFrom("blob").selectAll().execute();
    const eve = await served.join("eve@example.com");
    await db.updateTable("user").set({ suspended: 1 }).where("user_id", "=", bob.id).execute();
    await db
      .updateTable("user")
      .set({ record: "another password" })
      .where("user_id", "=", alice.id)
      .execute();
    expect((await served.api().hello.query()).generation).toBe(0);

    expect(await run("restore", file)).toBe(
      "refused: The server is running, or another command is: stop it first.",
    );
    await stop();
    const said = await run("restore", file);
    await start();
    expect(said).toContain("In place now: 2 users and 1 groups");
    expect(said).toContain("- alice@example.com has an older password again.");
    expect(said).toContain("- bob@example.com is no longer suspended.");
    expect(said).toContain("- eve@example.com is not here any more");
    expect((await served.api().hello.query()).generation).toBe(1);
    for (const { token } of [alice, bob, eve])
      expect(await outcome(served.api(token).group.heads.query())).toBe("UNAUTHORIZED");
    for (const table of [
      "session",
      "sign_in_round",
      "recovery_round",
      "registration_token",
      "invitation",
    ] as const)
      expect(await db.selectFrom(table).selectAll().execute(), table).toEqual([]);
    for (const name of await readdir(config.dataFolder))
      expect((await stat(join(config.dataFolder, name))).mode & 0o077, name).toBe(0);

    // What was there before is whole.
    const [replaced = ""] = (await readdir(config.dataFolder)).filter((name) => name.includes("replaced"));
    const before = new DatabaseSync(join(config.dataFolder, replaced), { readOnly: true });
    expect(before.prepare("select max(n) as n from group_link").get()).toEqual({ n: later.links.length - 1 });
    before.close();

    // Any member's device may send again what it has: the links are signed, the ciphertexts are what they are.
    const api = served.api(await beginSession(db, bob.id, Date.now()));
    const g = log.known.core?.g ?? "";
    expect(await api.group.log.query({ g, from: 0 })).toEqual(log.links);
    const ciphertexts = blobs.map(({ ciphertext }) => Buffer.from(ciphertext).toString("base64url"));
    await api.group.stageRecords.mutate({ g, ciphertexts });
    for (const link of later.links.slice(log.links.length))
      await api.group.append.mutate({ link, seals: [] });
    expect(await api.group.log.query({ g, from: 0 })).toEqual(later.links);
    expect(await refold(db, g)).toBe("sound");

    await stop();
    expect(await run("restore", file)).toContain("This is generation 2 ");
    await start();
    expect((await served.api().hello.query()).generation).toBe(2);
  });

  it("takes nothing that is damaged, not a backup, or of a later version, and changes nothing then", async () => {
    await backedUp();
    await stop();
    const before = await hashesOfData();
    const refused = async (said: string) => {
      expect(await run("restore", file)).toMatch(new RegExp(`^refused: .*${said}`));
      expect(await hashesOfData()).toEqual(before);
    };
    const whole = await readFile(file);
    const half = Buffer.from(whole);
    half.fill(0x55, half.length / 2, half.length / 2 + 8_192);
    await writeFile(file, half);
    await refused("Nothing was changed: .* (is damaged|can't be read)");
    await writeFile(file, "not a database");
    await refused("Nothing was changed: .* can't be read");
    await writeFile(file, whole);
    const edit = (sql: string) => {
      const copy = new DatabaseSync(file);
      copy.exec(sql);
      copy.close();
    };
    edit("update group_member set role = 'admin' where role = 'editor'");
    await refused("Nothing was changed: the log of group .* is not sound");
    await writeFile(file, whole);
    edit("delete from blob");
    await refused("Nothing was changed: a ciphertext of group .* is missing");
    await writeFile(file, whole);
    edit("insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')");
    await refused("Nothing was changed: the database has been used by a later version");
    await rm(file);
    await refused("There is no file");
    await writeFile(file, whole);
    await start();
  });

  it("goes in the place of a database that is damaged, of one that was killed, and of none", async () => {
    const { alice, log } = await backedUp();
    const { log: later } = await addRecord(log, alice);
    // As a killed server leaves it: the last links in SQLite's log alone.
    const killed = join(folder, "killed");
    for (const suffix of ["", "-wal", "-shm"]) await copyFile(config.database + suffix, killed + suffix);
    await stop();
    for (const suffix of ["", "-wal", "-shm"]) await rm(config.database + suffix, { force: true });
    for (const suffix of ["", "-wal"]) await copyFile(killed + suffix, config.database + suffix);
    expect(await run("restore", file)).toContain("addresses and factors are the same as before.");
    const replaced = async () =>
      (await readdir(config.dataFolder)).filter((name) => /replaced-.*Z$/.test(name)).sort();
    const [first = ""] = await replaced();
    const kept = new DatabaseSync(join(config.dataFolder, first), { readOnly: true });
    expect(kept.prepare("select max(n) as n from group_link").get()).toEqual({ n: later.links.length - 1 });
    kept.close();

    await writeFile(config.database, "nothing that SQLite knows");
    const said = await run("restore", file);
    expect(said).toContain("What was there before is kept in");
    expect(said).toContain("are as they were when the backup was made");
    const [, second = ""] = await replaced();
    expect(await readFile(join(config.dataFolder, second), "utf8")).toBe("nothing that SQLite knows");

    await rm(config.database);
    expect(await run("restore", file)).not.toContain("What was there before");
    await start();
    const api = served.api(await beginSession(db, alice.id, Date.now()));
    expect(await api.group.log.query({ g: log.known.core?.g ?? "", from: 0 })).toEqual(log.links);
  });

  it("says how on PostgreSQL, which does it itself, and ends afterwards what must not live again", async () => {
    const postgres = { ...config, database: "postgres://db.example/countersign" };
    for (const [command, tool] of [
      ["backup", "pg_dump"],
      ["restore", "pg_restore"],
    ] as const) {
      const done = await BACKUP_COMMANDS[command]?.runOn(postgres, file);
      expect(done?.ok ? "" : done?.error).toContain(tool);
    }
    const alice = await served.join("alice@example.com");
    expect(await run("after-restore")).toContain("This is generation 1 ");
    expect(await outcome(alice.api.group.heads.query())).toBe("UNAUTHORIZED");
  });
});
