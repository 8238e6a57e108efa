import type { Database } from "../db/open.ts";
import { hashToken, newToken } from "../tokens.ts";

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** A session ends a week after its last use, and a month after it was made. */
const IDLE_MS = 7 * DAY_MS;
const LONGEST_MS = 30 * DAY_MS;

export type Session = {
  readonly userId: string;
  /** Names it in lists; it is no token. */
  readonly id: string;
  readonly signedInAt: number;
};

/** Begins a session. @returns its token, which is stored nowhere here */
export async function beginSession(db: Database, userId: string, now: number): Promise<string> {
  const token = newToken();
  await db
    .insertInto("session")
    .values({ token_hash: hashToken(token), user_id: userId, made_at: now, used_at: now, signed_in_at: now })
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
      "user.suspended",
    ])
    .where("token_hash", "=", id)
    .executeTakeFirst();
  if (!row || row.suspended === 1) return null;
  if (now - row.used_at > IDLE_MS || now - row.made_at > LONGEST_MS) return null;
  // To the hour: each request would be a write otherwise.
  if (now - row.used_at > HOUR_MS)
    await db.updateTable("session").set({ used_at: now }).where("token_hash", "=", id).execute();
  return { userId: row.user_id, id, signedInAt: row.signed_in_at };
}

/** Somebody's sessions, the latest used first. */
export async function listSessions(
  db: Database,
  userId: string,
): Promise<{ id: string; madeAt: number; usedAt: number }[]> {
  const rows = await db
    .selectFrom("session")
    .selectAll()
    .where("user_id", "=", userId)
    .orderBy("used_at", "desc")
    .execute();
  return rows.map(({ token_hash, made_at, used_at }) => ({
    id: token_hash,
    madeAt: made_at,
    usedAt: used_at,
  }));
}

/** Ends one of somebody's own sessions. */
export async function endSession(db: Database, userId: string, id: string): Promise<void> {
  await db.deleteFrom("session").where("user_id", "=", userId).where("token_hash", "=", id).execute();
}
