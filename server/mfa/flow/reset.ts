import type { Transaction } from "kysely";
import { factorResetContext } from "../../../shared/identity/proofs.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { ActivityRow } from "../../db/mfa-schema.ts";
import type { Database } from "../../db/open.ts";
import type { Schema } from "../../db/schema.ts";
import type { Session } from "../../sessions/session.ts";
import { isProven } from "../../users/proven.ts";
import type { Mfa } from "../mfa.ts";
import { noteActivity } from "../notices/activity.ts";
import { type Told, tell } from "../notices/tell.ts";
import { holdSessions } from "../standing/session-methods.ts";
import { holdUser } from "./hold-user.ts";

const HOUR_MS = 60 * 60_000;
/** So long after its wait a reset may be finished: what was announced and forgotten is no short cut for whoever finds the kit later. */
const OPEN_MS = 7 * 24 * HOUR_MS;

/** A reset that was asked for; null: none was. Times are milliseconds since 1970 UTC. */
export type AskedReset = { readonly askedAt: number; readonly dueAt: number } | null;

export async function readReset(db: Database, userId: string, now: number): Promise<AskedReset> {
  const row = await db
    .selectFrom("factor_reset")
    .select(["asked_at", "due_at"])
    .where("user_id", "=", userId)
    .where("due_at", ">=", now - OPEN_MS)
    .executeTakeFirst();
  return row ? { askedAt: row.asked_at, dueAt: row.due_at } : null;
}

type Proven = { readonly serverId: string; readonly proof: string };

/**
 * Somebody who has lost every factor asks, with their recovery kit, that the factors go. That is announced at once, to all
 * their devices and by e-mail, and done no sooner than the policy says: whoever stole the kit and the password can be
 * stopped in the meantime. Asked again, the first asking counts, until a week after its wait.
 */
export async function askReset(
  db: Database,
  mfa: Mfa,
  session: Session,
  { serverId, proof }: Proven,
  now: number,
): Promise<Result<NonNullable<AskedReset>, "proof" | "no-factor">> {
  if (!(await hasKit(db, session, { serverId, step: "ask", proof }))) return err("proof");
  if (session.factors === 0) return err("no-factor");
  const { userId } = session;
  const due_at = now + mfa.policy.resetWaitHours * HOUR_MS;
  const made = await db.transaction().execute(async (trx) => {
    await holdUser(trx, userId);
    await trx
      .deleteFrom("factor_reset")
      .where("user_id", "=", userId)
      .where("due_at", "<", now - OPEN_MS)
      .execute();
    const inserted = await trx
      .insertInto("factor_reset")
      .values({ user_id: userId, asked_at: now, due_at })
      .onConflict((conflict) => conflict.column("user_id").doNothing())
      .returning("due_at")
      .executeTakeFirst();
    if (!inserted) return false;
    await noteActivity(trx, { ...aboutAll(userId, now), by_user: userId, what: "reset-asked" });
    return true;
  });
  if (made) await tell(db, mfa, readerOf(session), { what: "reset-asked", dueAt: due_at }, now);
  const asked = made ? null : await readReset(db, userId, now);
  return ok(asked ?? { askedAt: now, dueAt: due_at });
}

/** Whoever shows a factor needs no reset, and knows of one that they did not ask for. @returns false where there is none */
export async function cancelReset(db: Database, mfa: Mfa, session: Session, now: number): Promise<boolean> {
  const { userId } = session;
  const isGone = await db.transaction().execute(async (trx) => {
    await holdUser(trx, userId);
    const gone = await trx.deleteFrom("factor_reset").where("user_id", "=", userId).executeTakeFirst();
    if (gone.numDeletedRows === 0n) return false;
    await noteActivity(trx, { ...aboutAll(userId, now), by_user: userId, what: "reset-cancelled" });
    return true;
  });
  if (isGone) await tell(db, mfa, readerOf(session), { what: "reset-cancelled" }, now);
  return isGone;
}

/** Once the wait is over, the kit takes all factors away: the password alone lets in, until a new one is set up. */
export async function finishReset(
  db: Database,
  mfa: Mfa,
  session: Session,
  { serverId, proof }: Proven,
  now: number,
): Promise<Result<void, "proof" | "not-asked" | "too-early">> {
  if (!(await hasKit(db, session, { serverId, step: "finish", proof }))) return err("proof");
  const { userId } = session;
  const asked = await readReset(db, userId, now);
  if (asked === null) return err("not-asked");
  if (asked.dueAt > now) return err("too-early");
  const done = await db.transaction().execute(async (trx) => {
    await holdUser(trx, userId);
    const gone = await trx
      .deleteFrom("factor_reset")
      .where("user_id", "=", userId)
      .where("due_at", "<=", now)
      .where("due_at", ">=", now - OPEN_MS)
      .executeTakeFirst();
    if (gone.numDeletedRows === 0n) return false;
    await removeAll(trx, userId);
    await noteActivity(trx, { ...aboutAll(userId, now), by_user: userId, what: "reset-by-kit" });
    return true;
  });
  if (done) await tell(db, mfa, readerOf(session), { what: "reset-by-kit" }, now);
  return done ? ok(undefined) : err("not-asked");
}

/**
 * An administrator takes all of somebody's factors away. It opens nothing: what they have is encrypted for keys that only
 * their password, their kit and their devices give. Everybody in their groups is told.
 *
 * @param by who does it; null: whoever runs the server, on its command line
 */
export async function resetFactors(
  db: Database,
  mfa: Pick<Mfa, "mailer">,
  { userId, by }: { readonly userId: string; readonly by: string | null },
  now: number,
): Promise<Result<{ readonly removed: number }, "no-factor">> {
  const removed = await db.transaction().execute(async (trx) => {
    await holdUser(trx, userId);
    // Whoever has none is left alone: nothing of theirs changes that nobody is told of, as new days of grace.
    if (!(await hasAny(trx, userId))) return 0;
    await trx.deleteFrom("factor_reset").where("user_id", "=", userId).execute();
    const count = await removeAll(trx, userId);
    await noteActivity(trx, { ...aboutAll(userId, now), by_user: by, what: "reset-by-administrator" });
    return count;
  });
  if (removed === 0) return err("no-factor");
  const { email } = await db
    .selectFrom("user")
    .select("email")
    .where("user_id", "=", userId)
    .executeTakeFirstOrThrow();
  await tell(db, mfa, { userId, email, languages: [] }, { what: "reset-by-administrator" }, now);
  return ok({ removed });
}

/** Whether whoever asks has the recovery kit: its key signs for this session and this step alone. */
async function hasKit(
  db: Database,
  { userId, id }: Session,
  { serverId, step, proof }: Proven & { readonly step: "ask" | "finish" },
): Promise<boolean> {
  const { recovery } = await db
    .selectFrom("user")
    .select("recovery")
    .where("user_id", "=", userId)
    .executeTakeFirstOrThrow();
  return isProven(recovery, factorResetContext({ serverId, userId, sessionId: id, step }), proof);
}

/** Whoever asks may be another one, who reads something else. */
function readerOf({ userId, email }: Session): Told {
  return { userId, email, languages: [] };
}

async function hasAny(trx: Transaction<Schema>, userId: string): Promise<boolean> {
  const factor = await trx
    .selectFrom("factor")
    .select("id")
    .where("user_id", "=", userId)
    .where("verified_at", "is not", null)
    .executeTakeFirst();
  return factor !== undefined;
}

/** Every session starts anew: what was shown of factors that are gone is no proof of those to come. */
async function removeAll(trx: Transaction<Schema>, userId: string): Promise<number> {
  await holdSessions(trx, userId);
  const gone = await trx
    .deleteFrom("factor")
    .where("user_id", "=", userId)
    .where("verified_at", "is not", null)
    .executeTakeFirst();
  await trx.deleteFrom("factor").where("user_id", "=", userId).execute();
  await trx
    .updateTable("user")
    .set({ factors: 0, factor_due_at: null })
    .where("user_id", "=", userId)
    .execute();
  const sessions = trx.selectFrom("session").select("token_hash").where("user_id", "=", userId);
  await trx.deleteFrom("session_method").where("token_hash", "in", sessions).execute();
  await trx
    .updateTable("session")
    .set({ factor_at: null, strong_at: null })
    .where("user_id", "=", userId)
    .execute();
  return Number(gone.numDeletedRows);
}

function aboutAll(userId: string, at: number): Pick<ActivityRow, "at" | "user_id" | "module" | "name"> {
  return { at, user_id: userId, module: null, name: null };
}
