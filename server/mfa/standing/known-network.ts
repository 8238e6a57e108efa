import type { Transaction } from "kysely";
import type { Database } from "../../db/open.ts";
import type { Schema } from "../../db/schema.ts";

const DAY_MS = 24 * 60 * 60_000;
/** So long after a factor was last shown there, a network is one of somebody's own. */
export const KNOWN_MS = 90 * DAY_MS;

/** Whether somebody has shown a factor in that network (networkOf) within the last 90 days. */
export async function isKnownNetwork(
  db: Database,
  { userId, network }: { readonly userId: string; readonly network: string },
  now: number,
): Promise<boolean> {
  const row = await db
    .selectFrom("known_network")
    .select("at")
    .where("user_id", "=", userId)
    .where("network", "=", network)
    .executeTakeFirst();
  return row !== undefined && Math.abs(now - row.at) <= KNOWN_MS;
}

/** Notes that somebody has shown a factor in that network, in the transaction that says that it was right. To the day. */
export async function noteNetwork(
  trx: Transaction<Schema>,
  { userId: user_id, network }: { readonly userId: string; readonly network: string },
  at: number,
): Promise<void> {
  await trx
    .insertInto("known_network")
    .values({ user_id, network, at })
    .onConflict((conflict) =>
      conflict
        .columns(["user_id", "network"])
        .doUpdateSet({ at })
        .where(({ eb, or }) =>
          or([eb("known_network.at", "<", at - DAY_MS), eb("known_network.at", ">", at)]),
        ),
    )
    .execute();
}
