import type { Database } from "../db/open.ts";
import { IDLE_MS, LONGEST_MS } from "../sessions/session.ts";

const HOUR_MS = 60 * 60_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const YEAR_MS = 365 * 24 * HOUR_MS;
/** So many at once: others get in between. */
const AT_ONCE = 500;

/** What has had its time, by table: deletes some of it, and says how many. */
const OLD_ROWS: Readonly<Record<string, (db: Database, now: number) => Promise<number>>> = {
  session: (db, now) =>
    deleted(
      db.deleteFrom("session").where("token_hash", "in", (rows) =>
        rows
          .selectFrom("session")
          .select("token_hash")
          .where(({ eb, or }) =>
            or([eb("used_at", "<", now - IDLE_MS), eb("made_at", "<", now - LONGEST_MS)]),
          )
          .limit(AT_ONCE),
      ),
    ),
  sign_in_round: (db, now) =>
    deleted(
      db.deleteFrom("sign_in_round").where("id", "in", (rows) =>
        rows
          .selectFrom("sign_in_round")
          .select("id")
          .where("made_at", "<", now - HOUR_MS)
          .limit(AT_ONCE),
      ),
    ),
  registration_token: (db, now) =>
    deleted(
      db
        .deleteFrom("registration_token")
        .where("token_hash", "in", (rows) =>
          rows.selectFrom("registration_token").select("token_hash").where("until", "<", now).limit(AT_ONCE),
        ),
    ),
  // However slowly it fills again, it is full by then.
  rate_limit: (db, now) =>
    deleted(
      db.deleteFrom("rate_limit").where("name", "in", (rows) =>
        rows
          .selectFrom("rate_limit")
          .select("name")
          .where("at", "<", now - WEEK_MS)
          .limit(AT_ONCE),
      ),
    ),
  mfa_challenge: (db, now) =>
    deleted(
      db
        .deleteFrom("mfa_challenge")
        .where("id", "in", (rows) =>
          rows.selectFrom("mfa_challenge").select("id").where("until", "<", now).limit(AT_ONCE),
        ),
    ),
  // A day without a try forgets all.
  mfa_wait: (db, now) =>
    deleted(
      db.deleteFrom("mfa_wait").where("name", "in", (rows) =>
        rows
          .selectFrom("mfa_wait")
          .select("name")
          .where("at", "<", now - WEEK_MS)
          .limit(AT_ONCE),
      ),
    ),
  remembered_device: (db, now) =>
    deleted(
      db.deleteFrom("remembered_device").where("token_hash", "in", (rows) =>
        rows
          .selectFrom("remembered_device")
          .select("token_hash")
          .where("at", "<", now - YEAR_MS)
          .limit(AT_ONCE),
      ),
    ),
  activity: (db, now) =>
    deleted(
      db.deleteFrom("activity").where("id", "in", (rows) =>
        rows
          .selectFrom("activity")
          .select("id")
          .where("at", "<", now - YEAR_MS)
          .limit(AT_ONCE),
      ),
    ),
  invitation: (db, now) =>
    deleted(
      db
        .deleteFrom("invitation")
        .where("id", "in", (rows) =>
          rows.selectFrom("invitation").select("id").where("until", "<", now).limit(AT_ONCE),
        ),
    ),
};

/** Deletes the rows that have had their time. @returns how many, by table */
export async function sweepRows(
  db: Database,
  now: number,
  signal: AbortSignal,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [table, sweep] of Object.entries(OLD_ROWS)) {
    let all = 0;
    for (let gone = AT_ONCE; gone === AT_ONCE && !signal.aborted; all += gone) gone = await sweep(db, now);
    if (all > 0) counts[table] = all;
  }
  return counts;
}

async function deleted(query: {
  executeTakeFirst(): Promise<{ readonly numDeletedRows: bigint }>;
}): Promise<number> {
  return Number((await query.executeTakeFirst()).numDeletedRows);
}
