import { INVITATION_MS } from "../../shared/group/invitation.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../db/open.ts";
import { lockGroup } from "../groups/state.ts";
import { stillOpen } from "./open.ts";

/** Nobody waits for so many at once; whoever has taken somebody's session can't fill the database. */
export const MOST_OPEN = 100;

/** What an inviter leaves with the server, which can read none of it. */
export type NewInvitation = {
  /** base64url of 16 bytes, derived from the code: whoever has the code knows it. */
  readonly id: string;
  readonly g: string;
  readonly by: string;
  /** Milliseconds since 1970 UTC. */
  readonly until: number;
  readonly ciphertext: string;
  readonly sig: string;
  /** The hash of the token that lets the code's holder register, should they be nobody here yet. */
  readonly registration: string;
};

/**
 * Keeps an invitation, and lets its holder register, until it runs out: 72 hours at most. The same one sent again changes
 * nothing. "too-many": so many are open in that group; "refused": it has run out already, the id is in use,
 * or the group is closed and takes nobody any more.
 *
 * @param now milliseconds since 1970 UTC
 */
export async function offerInvitation(
  db: Database,
  invitation: NewInvitation,
  now: number,
): Promise<Result<void, "too-many" | "refused">> {
  const { by, until: wished, ...same } = invitation;
  if (wished < now) return err("refused");
  // Its own clock may be ahead of ours: that is no reason to refuse.
  const until = Math.min(wished, now + INVITATION_MS);
  const nobody = { user_id: null, body: null, mac: null, pop: null };
  return db.transaction().execute(async (trx) => {
    // Two who offer at once are counted one after the other.
    await lockGroup(trx, invitation.g);
    const there = await trx
      .selectFrom("invitation")
      .select(["by_user", "ciphertext"])
      .where("id", "=", invitation.id)
      .executeTakeFirst();
    if (there)
      return there.by_user === by && there.ciphertext === invitation.ciphertext
        ? ok(undefined)
        : err("refused");
    const group = await trx
      .selectFrom("group_state")
      .select("closed")
      .where("g", "=", invitation.g)
      .executeTakeFirst();
    if (group?.closed !== 0) return err("refused");
    const open = await trx
      .selectFrom("invitation")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .where("g", "=", invitation.g)
      .where("until", ">=", now)
      .executeTakeFirstOrThrow();
    if (Number(open.count) >= MOST_OPEN) return err("too-many");
    const token = {
      token_hash: invitation.registration,
      until,
      login_id: null,
      user_id: null,
      used_at: null,
    };
    const isNew = await trx
      .insertInto("registration_token")
      .values(token)
      .onConflict((conflict) => conflict.column("token_hash").doNothing())
      .executeTakeFirst();
    if (isNew.numInsertedOrUpdatedRows !== 1n) return err("refused");
    await trx
      .insertInto("invitation")
      .values({ ...same, by_user: by, until, tries: 0, ...nobody })
      .execute();
    return ok(undefined);
  });
}

/** The invitations to a group that have not run out, for those who may invite: what they are is only in their code. */
export async function listInvitations(
  db: Database,
  g: string,
  now: number,
): Promise<{ id: string; by: string; until: number; isAccepted: boolean }[]> {
  const rows = await stillOpen(db, now)
    .select(["invitation.id", "invitation.by_user", "invitation.until", "invitation.user_id"])
    .where("invitation.g", "=", g)
    .orderBy("invitation.until")
    .execute();
  return rows.map(({ id, by_user, until, user_id }) => ({
    id,
    by: by_user,
    until,
    isAccepted: user_id !== null,
  }));
}

/**
 * Takes an invitation away: because it is taken back, or because whoever accepted is a member now. Its registration token
 * goes with it.
 *
 * @returns false where there is none
 */
export function removeInvitation(db: Database, id: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const gone = await trx
      .deleteFrom("invitation")
      .where("id", "=", id)
      .returning("registration")
      .executeTakeFirst();
    if (!gone) return false;
    await trx.deleteFrom("registration_token").where("token_hash", "=", gone.registration).execute();
    return true;
  });
}
