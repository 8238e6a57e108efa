import { sql } from "kysely";
import type { Database } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";
import { UNPROVEN_MS } from "../mfa/limits.ts";
import { KNOWN_MS } from "../mfa/standing/known-network.ts";
import { IDLE_MS, LONGEST_MS } from "../sessions/session.ts";

const HOUR_MS = 60 * 60_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const YEAR_MS = 365 * 24 * HOUR_MS;
/** So many at once: others get in between. */
const AT_ONCE = 500;

/** By which column a row is told from others, and which one says when it was made, used or ends. */
type Old = {
  readonly key: string;
  readonly at: string;
  readonly beforeMs: number;
  /** Rows with something in this column stay. */
  readonly unless?: string;
};

/** What has had its time, by table: where any of its lines holds, so many milliseconds ago. */
const OLD_ROWS: Partial<Record<keyof Schema, readonly Old[]>> = {
  session: [
    { key: "token_hash", at: "used_at", beforeMs: IDLE_MS },
    { key: "token_hash", at: "made_at", beforeMs: LONGEST_MS },
  ],
  sign_in_round: [{ key: "id", at: "made_at", beforeMs: HOUR_MS }],
  registration_token: [{ key: "token_hash", at: "until", beforeMs: 0 }],
  // However slowly it fills again, it is full by then.
  rate_limit: [{ key: "name", at: "at", beforeMs: WEEK_MS }],
  factor: [{ key: "id", at: "made_at", beforeMs: UNPROVEN_MS, unless: "verified_at" }],
  mfa_challenge: [{ key: "id", at: "until", beforeMs: 0 }],
  // A day without a try forgets all.
  mfa_wait: [{ key: "name", at: "at", beforeMs: WEEK_MS }],
  factor_guessing: [{ key: "user_id", at: "at", beforeMs: WEEK_MS }],
  known_network: [{ key: "network", at: "at", beforeMs: KNOWN_MS }],
  remembered_device: [{ key: "token_hash", at: "at", beforeMs: YEAR_MS }],
  activity: [{ key: "id", at: "at", beforeMs: YEAR_MS }],
  invitation: [{ key: "id", at: "until", beforeMs: 0 }],
};

/** Deletes the rows that have had their time. @returns how many, by table */
export async function sweepRows(
  db: Database,
  now: number,
  signal: AbortSignal,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [table, lines] of Object.entries(OLD_ROWS)) {
    let all = 0;
    for (const old of lines)
      for (let gone = AT_ONCE; gone === AT_ONCE && !signal.aborted; all += gone)
        gone = await deleteSome(db, table, old, now);
    if (all > 0) counts[table] = all;
  }
  return counts;
}

/** Deletes some of them. @returns how many */
async function deleteSome(
  db: Database,
  table: string,
  { key, at, beforeMs, unless }: Old,
  now: number,
): Promise<number> {
  const [from, id] = [sql.table(table), sql.ref(key)];
  const isFree = unless === undefined ? sql`` : sql` and ${sql.ref(unless)} is null`;
  const isOld = sql`${sql.ref(at)} < ${now - beforeMs}${isFree}`;
  // Said twice: PostgreSQL, where it has waited for whoever was changing a row, looks again at what is said of that row alone.
  const gone = await sql`delete from ${from} where ${isOld} and ${id} in
    (select ${id} from ${from} where ${isOld} limit ${AT_ONCE})`.execute(db);
  return Number(gone.numAffectedRows);
}
