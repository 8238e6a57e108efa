import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { err, ok, type Result } from "../../shared/result.ts";
import { beginGeneration, readGeneration } from "../db/generation.ts";
import { type Database, openDatabase, openReadOnly } from "../db/open.ts";
import { syncToDisk } from "./make-backup.ts";
import { type Contents, checkContents, checkFile } from "./verify.ts";
import {
  type CameBack,
  compareFactors,
  compareUsers,
  type FactorsOf,
  NOTHING_OF_FACTORS,
  type User,
} from "./what-came-back.ts";

export type Restored = {
  readonly contents: Contents;
  readonly generation: number;
  /** Where the database is kept that was there before; null where none was. */
  readonly replaced: string | null;
  /** What differs from before; null where that could not be read. */
  readonly cameBack: CameBack | null;
};

/**
 * Puts a backup in the place of a SQLite database that nobody uses. All is made ready beside it and checked; then the one
 * takes the other's name. Until then nothing is changed.
 *
 * @param now milliseconds since 1970 UTC
 * @returns what has come back, or why the backup is not taken
 */
export async function restoreBackup(
  database: string,
  file: string,
  now: number,
): Promise<Result<Restored, string>> {
  const whole = checkFile(file);
  if (!whole.ok) return whole;
  const next = `${database}.restoring`;
  removeDatabase(next);
  try {
    copyFileSync(file, next);
    chmodSync(next, 0o600);
    const before = existsSync(database) ? await readBefore(database) : null;
    const made = await makeReady(next, before, now);
    if (!made.ok) return made;
    syncToDisk(next);
    const replaced = existsSync(database)
      ? `${database}.replaced-${new Date(now).toISOString().replace(/[:.]/g, "-")}`
      : null;
    if (replaced !== null) setAside(database, replaced);
    renameSync(next, database);
    syncToDisk(dirname(database));
    return ok({ ...made.value, replaced });
  } finally {
    removeDatabase(next);
  }
}

/** Of the database that is there: its generation, its users, and their factors; null: it is of a version without any. */
type Before = {
  readonly generation: number;
  readonly users: readonly User[];
  readonly factors: FactorsOf | null;
};

async function makeReady(
  path: string,
  before: Before | null,
  now: number,
): Promise<Result<Omit<Restored, "replaced">, string>> {
  let db: Database;
  try {
    // Brings one of an earlier version up to date; refuses one of a later version.
    db = await openDatabase(path);
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
  try {
    const contents = await checkContents(db);
    if (!contents.ok) return contents;
    const users = await readUsers(db);
    const cameBack = before && {
      ...compareUsers(before.users, users),
      ...(before.factors ? compareFactors(before.factors, await readFactors(db), users) : NOTHING_OF_FACTORS),
    };
    const generation = await endWhatWasBegun(db, before?.generation ?? 0, now);
    return ok({ contents: contents.value, generation, cameBack });
  } finally {
    await db.destroy();
  }
}

/**
 * After a backup took a database's place: another generation begins, and what was ended or used up since the backup was
 * made does not live again: sessions, invitations, codes, devices that are remembered for their factor, and what was under
 * way, such as a reset of factors that its person has stopped since.
 *
 * @param atLeast the generation that was there before, where that is known
 * @returns the new generation
 */
export async function endWhatWasBegun(db: Database, atLeast: number, now: number): Promise<number> {
  const generation = Math.max(atLeast, await readGeneration(db)) + 1;
  await db.transaction().execute(async (trx) => {
    await beginGeneration(trx, generation, now);
    await trx.deleteFrom("mfa_challenge").execute();
    await trx.deleteFrom("session_method").execute();
    await trx.deleteFrom("session").execute();
    await trx.deleteFrom("remembered_device").execute();
    await trx.deleteFrom("known_network").execute();
    await trx.deleteFrom("factor_reset").execute();
    await trx.deleteFrom("sign_in_round").execute();
    await trx.deleteFrom("recovery_round").execute();
    await trx.deleteFrom("registration_token").execute();
    await trx.deleteFrom("invitation").execute();
  });
  return generation;
}

/** Null where it is damaged, which may be why a backup is put in its place. */
async function readBefore(database: string): Promise<Before | null> {
  settle(database);
  const db = openReadOnly(database);
  try {
    const [generation, users] = [await readGeneration(db), await readUsers(db)];
    return { generation, users, factors: await readFactors(db).catch(() => null) };
  } catch {
    return null;
  } finally {
    await db.destroy().catch(() => {});
    // Who may only look can't take away the log that was made for it.
    settle(database);
  }
}

function readUsers(db: Database): Promise<User[]> {
  return db.selectFrom("user").select(["user_id", "email", "record", "suspended"]).execute();
}

async function readFactors(db: Database): Promise<FactorsOf> {
  const administrators = await db
    .selectFrom("user")
    .select("user_id")
    .where("administrator", "=", 1)
    .where("replaced_by", "is", null)
    .execute();
  return {
    factors: await db
      .selectFrom("factor")
      .select(["id", "user_id", "module", "rev"])
      .where("verified_at", "is not", null)
      .execute(),
    administrators: administrators.map(({ user_id }) => user_id),
  };
}

/** Moves what SQLite has still in its log into the file, as a server does that is stopped and not killed. */
function settle(database: string): void {
  let old: DatabaseSync | undefined;
  try {
    old = new DatabaseSync(database);
    old.exec("pragma wal_checkpoint(truncate)");
  } catch {
    // Damaged: it is kept as it is, for whoever can save something of it.
  } finally {
    old?.close();
  }
}

/** Keeps a copy, and the log if there is one still: the database that comes in its place must not find it. */
function setAside(database: string, replaced: string): void {
  copyFileSync(database, replaced);
  chmodSync(replaced, 0o600);
  syncToDisk(replaced);
  for (const suffix of ["-wal", "-shm"]) {
    if (existsSync(database + suffix)) renameSync(database + suffix, replaced + suffix);
  }
}

function removeDatabase(path: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
}
