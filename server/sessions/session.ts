import type { Transaction } from "kysely";
import type { Database } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";
import { hashToken, newToken } from "../tokens.ts";

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** A session ends a week after its last use, and a month after it was made. */
export const IDLE_MS = 7 * DAY_MS;
export const LONGEST_MS = 30 * DAY_MS;

export type Session = {
  readonly userId: string;
  /** Names it in lists; it is no token. */
  readonly id: string;
  /** When the password was last given. */
  readonly signedInAt: number;
  /** When a second factor was last shown in it, or on a device that is remembered; null: none was. */
  readonly factorAt: number | null;
  /** When a strong one was last shown in this very session; null: none was. */
  readonly strongAt: number | null;
  /** Of its person: their address, how many factors they have, and until when they may do without one, once told. */
  readonly email: string;
  readonly factors: number;
  readonly factorDueAt: number | null;
  readonly isAdministrator: boolean;
};

/**
 * Begins a session.
 *
 * @param factorAt when a second factor was shown on this device, where the policy remembers that
 * @returns its token, which is stored nowhere here
 */
export async function beginSession(
  db: Database,
  userId: string,
  now: number,
  factorAt: number | null = null,
): Promise<string> {
  const token = newToken();
  await db
    .insertInto("session")
    .values({
      token_hash: hashToken(token),
      user_id: userId,
      made_at: now,
      used_at: now,
      signed_in_at: now,
      factor_at: factorAt,
      label: null,
    })
    .execute();
  return token;
}

/** The session of a token, or null: unknown, ended, too old, or of somebody who is suspended. */
export async function findSession(db: Database, token: string, now: number): Promise<Session | null> {
  const id = hashToken(token);
  const row = await db
    .selectFrom("session")
    .innerJoin("user", "user.user_id", "session.user_id")
    .select([
      "session.user_id",
      "session.made_at",
      "session.used_at",
      "session.signed_in_at",
      "session.factor_at",
      "session.strong_at",
      "user.suspended",
      "user.email",
      "user.factors",
      "user.factor_due_at",
      "user.administrator",
    ])
    .where("token_hash", "=", id)
    .executeTakeFirst();
  if (!row || row.suspended === 1) return null;
  if (now - row.used_at > IDLE_MS || now - row.made_at > LONGEST_MS) return null;
  // To the hour: each request would be a write otherwise.
  if (now - row.used_at > HOUR_MS)
    await db.updateTable("session").set({ used_at: now }).where("token_hash", "=", id).execute();
  return {
    userId: row.user_id,
    id,
    signedInAt: row.signed_in_at,
    factorAt: row.factor_at,
    strongAt: row.strong_at,
    email: row.email,
    factors: row.factors,
    factorDueAt: row.factor_due_at,
    isAdministrator: row.administrator === 1,
  };
}

/** Somebody's sessions, the latest used first. `label` is what they call the device, as it sealed it. */
export async function listSessions(
  db: Database,
  userId: string,
  now: number,
): Promise<
  { id: string; madeAt: number; usedAt: number; label: Uint8Array | null; factorAt: number | null }[]
> {
  const rows = await liveSessions(db, now)
    .selectAll()
    .where("user_id", "=", userId)
    .orderBy("used_at", "desc")
    .execute();
  return rows.map(({ token_hash, made_at, used_at, label, factor_at }) => ({
    id: token_hash,
    madeAt: made_at,
    usedAt: used_at,
    label,
    factorAt: factor_at,
  }));
}

/** How many sessions each user has; who has none is not in it. */
export async function countSessions(db: Database, now: number): Promise<ReadonlyMap<string, number>> {
  const rows = await liveSessions(db, now)
    .select(["user_id"])
    .select(({ fn }) => fn.countAll<number>().as("sessions"))
    .groupBy("user_id")
    .execute();
  return new Map(rows.map(({ user_id, sessions }) => [user_id, Number(sessions)]));
}

function liveSessions(db: Database, now: number) {
  return db
    .selectFrom("session")
    .where("used_at", ">=", now - IDLE_MS)
    .where("made_at", ">=", now - LONGEST_MS);
}

/** Puts a label on a session: a device does so for its own. */
export async function labelSession(db: Database, { id }: Session, label: Uint8Array): Promise<void> {
  await db.updateTable("session").set({ label }).where("token_hash", "=", id).execute();
}

/** Ends one of somebody's own sessions. */
export async function endSession(db: Database, userId: string, id: string): Promise<void> {
  await db.deleteFrom("session").where("user_id", "=", userId).where("token_hash", "=", id).execute();
}

/** Ends all of somebody's sessions, in a transaction, and whatever was on the way to beginning one. */
export async function endSessions(trx: Transaction<Schema>, userId: string): Promise<void> {
  await trx.deleteFrom("session").where("user_id", "=", userId).execute();
  await endRounds(trx, userId);
}

/** The same, but for the session that it is asked for in. */
export async function endOtherSessions(trx: Transaction<Schema>, { userId, id }: Session): Promise<void> {
  await trx.deleteFrom("session").where("user_id", "=", userId).where("token_hash", "!=", id).execute();
  await endRounds(trx, userId);
}

/**
 * With a password or kit that has changed meanwhile, nobody gets to the end; a device is remembered for its factor no longer,
 * whoever has what it was remembered by, nor a network, whoever sits there; and whoever guesses at factors from now on knows
 * the new password, which is to be told again.
 */
async function endRounds(trx: Transaction<Schema>, userId: string): Promise<void> {
  await trx.deleteFrom("remembered_device").where("user_id", "=", userId).execute();
  await trx.deleteFrom("known_network").where("user_id", "=", userId).execute();
  await trx.deleteFrom("factor_guessing").where("user_id", "=", userId).execute();
  await trx.deleteFrom("sign_in_round").where("user_id", "=", userId).execute();
  await trx.deleteFrom("recovery_round").where("user_id", "=", userId).execute();
}
