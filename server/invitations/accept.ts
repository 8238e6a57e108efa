import { readAcceptance, type SignedAcceptance } from "../../shared/group/invitation.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import { stillOpen } from "./open.ts";

/** Whoever has the code needs one; a program that has gone wrong, or somebody who plays with one, gets no more. */
export const MOST_TRIES = 5;

/**
 * Accepts an invitation for whoever is signed in: once, by one person. "refused" for one that is unknown, taken back, run
 * out, accepted by somebody else or tried too often, and for an answer that is not to it: nobody learns which. That the
 * answer was made with the code is for the inviter's device to find out.
 *
 * @param now milliseconds since 1970 UTC
 */
export async function acceptInvitation(
  db: Database,
  userId: string,
  { id, ...signed }: SignedAcceptance & { readonly id: string },
  now: number,
): Promise<Result<void, "refused">> {
  const row = await stillOpen(db, now)
    .select(["invitation.g", "invitation.user_id", "invitation.body", "invitation.mac", "invitation.pop"])
    .where("invitation.id", "=", id)
    .executeTakeFirst();
  if (!row) return err("refused");
  const { body, mac, pop } = signed;
  // The same again, because the answer got lost on its way.
  if (row.user_id !== null) {
    const isSame = row.user_id === userId && row.body === body && row.mac === mac && row.pop === pop;
    return isSame ? ok(undefined) : err("refused");
  }
  const counted = await db
    .updateTable("invitation")
    .set(({ eb }) => ({ tries: eb("tries", "+", 1) }))
    .where("id", "=", id)
    .where("user_id", "is", null)
    .where("tries", "<", MOST_TRIES)
    .executeTakeFirst();
  if (counted.numUpdatedRows !== 1n) return err("refused");
  const acceptance = await readAcceptance(signed);
  if (acceptance === null) return err("refused");
  if (acceptance.invitation !== id || acceptance.g !== row.g || acceptance.id !== userId)
    return err("refused");
  return db.transaction().execute(async (trx) => {
    const taken = await trx
      .updateTable("invitation")
      .set({ user_id: userId, body, mac, pop })
      .where("id", "=", id)
      .where("user_id", "is", null)
      .returning("registration")
      .executeTakeFirst();
    if (!taken) return err("refused");
    // Whoever it was for is here now.
    await trx.deleteFrom("registration_token").where("token_hash", "=", taken.registration).execute();
    return ok(undefined);
  });
}

/** What was accepted and waits for an inviter's device, which verifies it and makes the member. */
export async function pendingAcceptances(
  db: Database,
  g: string,
): Promise<(SignedAcceptance & { id: string })[]> {
  const rows = await db
    .selectFrom("invitation")
    .select(["id", "body", "mac", "pop"])
    .where("g", "=", g)
    .where("user_id", "is not", null)
    .orderBy("id")
    .execute();
  return rows.flatMap(({ id, body, mac, pop }) =>
    body === null || mac === null || pop === null ? [] : [{ id, body, mac, pop }],
  );
}

/** How many invitations somebody has accepted that an inviter may still confirm. */
export async function countWaiting(db: Database, userId: string, now: number): Promise<number> {
  const { waiting } = await stillOpen(db, now)
    .select(({ fn }) => fn.countAll<number>().as("waiting"))
    .where("invitation.user_id", "=", userId)
    .executeTakeFirstOrThrow();
  return Number(waiting);
}
