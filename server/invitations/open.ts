import type { SealedOffer } from "../../shared/group/invitation.ts";
import { PERMISSIONS } from "../../shared/group/permissions.ts";
import type { Database } from "../db/open.ts";

/**
 * The invitations that hold: not run out, to a group that is not closed, by somebody who may still invite to it. Whoever
 * has been removed since leaves no door open behind them.
 *
 * @param now milliseconds since 1970 UTC
 */
export function stillOpen(db: Database, now: number) {
  return db
    .selectFrom("invitation")
    .innerJoin("group_state", "group_state.g", "invitation.g")
    .innerJoin("group_member", (join) =>
      join
        .onRef("group_member.g", "=", "invitation.g")
        .onRef("group_member.user_id", "=", "invitation.by_user")
        .on("group_member.left_n", "is", null),
    )
    .innerJoin("user", "user.user_id", "invitation.by_user")
    .where("invitation.until", ">=", now)
    .where("group_state.closed", "=", 0)
    .where("group_member.role", "in", PERMISSIONS.invite)
    .where("user.suspended", "=", 0);
}

/** The group that an invitation is to, for those who may look after it; null where there is none. */
export async function groupOfInvitation(db: Database, id: string): Promise<string | null> {
  const row = await db.selectFrom("invitation").select("g").where("id", "=", id).executeTakeFirst();
  return row?.g ?? null;
}

/**
 * What somebody with the code may see: the offer, and which group's log it has to be held against. Null for one that is
 * unknown, taken back, run out, or accepted by somebody else: nobody learns which.
 */
export async function readInvitation(
  db: Database,
  id: string,
  userId: string,
  now: number,
): Promise<(SealedOffer & { g: string }) | null> {
  const row = await stillOpen(db, now)
    .select(["invitation.g", "invitation.ciphertext", "invitation.sig", "invitation.user_id"])
    .where("invitation.id", "=", id)
    .executeTakeFirst();
  if (!row || (row.user_id !== null && row.user_id !== userId)) return null;
  return { g: row.g, ciphertext: row.ciphertext, sig: row.sig };
}
