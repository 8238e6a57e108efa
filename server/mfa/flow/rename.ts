import type { Database } from "../../db/open.ts";
import type { Mfa } from "../mfa.ts";
import { noteActivity } from "../notices/activity.ts";
import { namesOf, tell } from "../notices/tell.ts";
import type { Caller } from "./challenge.ts";
import { ownNameOf } from "./factor-rows.ts";
import { holdUser } from "./hold-user.ts";

/**
 * Calls one of somebody's factors otherwise, and tells them, where it is set up.
 *
 * @param name null or blank: by none, so that it is called by its kind
 * @returns false where they have none of that id
 */
export async function renameFactor(
  db: Database,
  mfa: Mfa,
  { session: { userId, email }, languages }: Caller,
  { factorId, name }: { readonly factorId: string; readonly name: string | null },
  now: number,
): Promise<boolean> {
  const ownName = ownNameOf(name);
  const renamed = await db.transaction().execute(async (trx) => {
    await holdUser(trx, userId);
    const row = await trx
      .updateTable("factor")
      .set({ name: ownName })
      .where("id", "=", factorId)
      .where("user_id", "=", userId)
      .returning(["module", "verified_at"])
      .executeTakeFirst();
    // Of one that was never proven nobody is told.
    if (!row || row.verified_at === null) return row;
    const about = { at: now, user_id: userId, by_user: userId, module: row.module, name: ownName };
    await noteActivity(trx, { ...about, what: "renamed" });
    return row;
  });
  if (renamed === undefined) return false;
  if (renamed.verified_at === null) return true;
  const change = { what: "renamed", kind: namesOf(mfa, renamed.module, email) } as const;
  await tell(db, mfa, { userId, email, languages }, change, now);
  return true;
}
