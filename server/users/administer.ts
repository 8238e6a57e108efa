import type { Transaction } from "kysely";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";
import { normalizeEmail } from "../normalize-email.ts";
import { countSessions, endSessions } from "../sessions/session.ts";
import { hashToken } from "../tokens.ts";

export type ListedUser = {
  readonly userId: string;
  readonly email: string;
  readonly madeAt: number;
  readonly sessions: number;
  /** How many second factors they have set up, whether or not their modules are switched on. */
  readonly factors: number;
  readonly isAdministrator: boolean;
  readonly isSuspended: boolean;
  /** The user who took their place, under their address. */
  readonly replacedBy: string | null;
};

/** Everybody, who came first first; those who were replaced too, because groups may still list them. */
export async function listUsers(db: Database, now: number): Promise<ListedUser[]> {
  const rows = await db
    .selectFrom("user")
    .select(["user_id", "email", "made_at", "factors", "administrator", "suspended", "replaced_by"])
    .orderBy("made_at")
    .orderBy("user_id")
    .execute();
  const sessions = await countSessions(db, now);
  return rows.map((row) => ({
    userId: row.user_id,
    email: row.email,
    madeAt: row.made_at,
    sessions: sessions.get(row.user_id) ?? 0,
    factors: row.factors,
    isAdministrator: row.administrator === 1,
    isSuspended: row.suspended === 1,
    replacedBy: row.replaced_by,
  }));
}

/** Who has that address, whatever its spelling; null: nobody. */
export async function findByEmail(
  db: Database,
  email: string,
): Promise<{ userId: string; isSuspended: boolean; isAdministrator: boolean } | null> {
  const row = await db
    .selectFrom("user")
    .select(["user_id", "suspended", "administrator"])
    .where("email", "=", normalizeEmail(email))
    .executeTakeFirst();
  if (!row) return null;
  const [isSuspended, isAdministrator] = [row.suspended === 1, row.administrator === 1];
  return { userId: row.user_id, isSuspended, isAdministrator };
}

/** Makes somebody an administrator of the server, or no longer one, in the sessions that they have too. */
export async function setAdministrator(db: Database, userId: string, is: boolean): Promise<void> {
  await db
    .updateTable("user")
    .set({ administrator: is ? 1 : 0 })
    .where("user_id", "=", userId)
    .execute();
}

/**
 * Shuts somebody out, or lets them in again. Either way no session is left, and no code by which they could begin anew: who
 * was out has to sign in.
 */
export async function setSuspended(db: Database, userId: string, isSuspended: boolean): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // First, as registering does: two that took user and token the other way round would wait for each other.
    await takeResetBack(trx, userId);
    await trx
      .updateTable("user")
      .set({ suspended: isSuspended ? 1 : 0 })
      .where("user_id", "=", userId)
      .where("replaced_by", "is", null)
      .execute();
    await endSessions(trx, userId);
  });
}

/** Ends all of somebody's sessions: they sign in again, on each device. */
export async function signOutEverywhere(db: Database, userId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await endSessions(trx, userId);
  });
}

/**
 * Lets the holder of a token begin anew under somebody's address, with new keys and as another user: for who has lost
 * password and kit. Until it is used nothing changes; the last one that was given is the one that counts.
 */
export async function allowReset(
  db: Database,
  { userId, token, until }: { readonly userId: string; readonly token: string; readonly until: number },
): Promise<Result<void, "suspended">> {
  return db.transaction().execute(async (trx) => {
    const user = await trx
      .selectFrom("user")
      .select("user_id")
      .where("user_id", "=", userId)
      .where("suspended", "=", 0)
      .executeTakeFirst();
    if (!user) return err("suspended");
    await takeResetBack(trx, userId);
    const token_hash = hashToken(token);
    const unused = { login_id: null, user_id: null, used_at: null };
    await trx
      .insertInto("registration_token")
      .values({ token_hash, until, ...unused, replaces: userId })
      .execute();
    return ok(undefined);
  });
}

async function takeResetBack(trx: Transaction<Schema>, userId: string): Promise<void> {
  await trx
    .deleteFrom("registration_token")
    .where("replaces", "=", userId)
    .where("used_at", "is", null)
    .execute();
}
