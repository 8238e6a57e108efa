import { type RawBuilder, sql, type Transaction } from "kysely";
import type { SessionMethodRow } from "../../db/mfa-schema.ts";
import type { Database } from "../../db/open.ts";
import type { Schema } from "../../db/schema.ts";
import type { Session } from "../../sessions/session.ts";
import type { MfaPolicy } from "../config.ts";

/** What was shown in a session beside the password, the latest first. */
export async function listMethods(
  db: Database,
  { id }: Pick<Session, "id">,
): Promise<Pick<SessionMethodRow, "module" | "strength" | "at">[]> {
  return db
    .selectFrom("session_method")
    .select(["module", "strength", "at"])
    .where("token_hash", "=", id)
    .orderBy("at", "desc")
    .execute();
}

/**
 * Keeps all sessions of somebody, whose row is held already, from ending until the transaction does. Before factors are removed:
 * questions and what was shown go along with either, and whoever takes them by a session has taken that one first.
 */
export async function holdSessions(trx: Transaction<Schema>, userId: string): Promise<void> {
  await trx
    .updateTable("session")
    .set(({ ref }) => ({ used_at: ref("used_at") }))
    .where("user_id", "=", userId)
    .execute();
}

/**
 * What somebody's other sessions have shown of factors that are gone counts no longer: where another factor is left, they
 * are asked for it. This session keeps its level, until a new factor is set up or it ends.
 */
export async function dropMethods(
  trx: Transaction<Schema>,
  { userId, id }: Session,
  policy: Pick<MfaPolicy, "weakCountsForSignIn">,
): Promise<void> {
  await trx
    .deleteFrom("session_method")
    .where("token_hash", "in", sessionsOf(trx, userId).where("token_hash", "!=", id))
    .where("factor_id", "not in", factorsOf(trx, userId))
    .execute();
  await trx
    .updateTable("session")
    .set(levelsBy(policy))
    .where("user_id", "=", userId)
    .where("token_hash", "!=", id)
    .execute();
}

/** The same for every session of theirs, this one too: what it has shown of a removed factor is no proof of a new one. */
export async function forgetRemoved(trx: Transaction<Schema>, userId: string): Promise<void> {
  await trx
    .deleteFrom("session_method")
    .where("token_hash", "in", sessionsOf(trx, userId))
    .where("factor_id", "not in", factorsOf(trx, userId))
    .execute();
  await trx
    .updateTable("session")
    .set({ strong_at: latest("strong") })
    .where("user_id", "=", userId)
    .execute();
}

/** What these sessions have shown of factors that count no longer is over. @param to.over of which factors, in which of them */
export async function endMethods(
  trx: Transaction<Schema>,
  to: {
    readonly sessions: readonly string[];
    readonly over: readonly Pick<SessionMethodRow, "token_hash" | "factor_id">[];
  },
  policy: Pick<MfaPolicy, "weakCountsForSignIn">,
): Promise<void> {
  for (const { token_hash, factor_id } of to.over)
    await trx
      .deleteFrom("session_method")
      .where("token_hash", "=", token_hash)
      .where("factor_id", "=", factor_id)
      .execute();
  await trx.updateTable("session").set(levelsBy(policy)).where("token_hash", "in", to.sessions).execute();
}

function sessionsOf(trx: Transaction<Schema>, userId: string) {
  return trx.selectFrom("session").select("token_hash").where("user_id", "=", userId);
}

function factorsOf(trx: Transaction<Schema>, userId: string) {
  return trx.selectFrom("factor").select("id").where("user_id", "=", userId);
}

/** When a session has last shown a strong factor, and one that counts for signing in, by what is left of its methods. */
function levelsBy({ weakCountsForSignIn }: Pick<MfaPolicy, "weakCountsForSignIn">) {
  return { strong_at: latest("strong"), factor_at: latest(weakCountsForSignIn ? null : "strong") };
}

function latest(strength: "strong" | null): RawBuilder<number | null> {
  const only = strength === null ? sql`` : sql`and m.strength = ${strength}`;
  return sql<
    number | null
  >`(select max(m.at) from session_method m where m.token_hash = session.token_hash ${only})`;
}
