import type { Database } from "../../db/open.ts";
import type { Mfa } from "../mfa.ts";
import { noteActivity } from "../notices/activity.ts";
import { namesOf, tell } from "../notices/tell.ts";
import type { Caller } from "./challenge.ts";

/** Calls one of somebody's factors otherwise. @returns false where they have none of that id */
export async function renameFactor(
  db: Database,
  mfa: Mfa,
  { session: { userId, email }, languages }: Caller,
  { factorId, name }: { readonly factorId: string; readonly name: string },
  now: number,
): Promise<boolean> {
  const module = await db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable("factor")
      .set({ name: name.trim() })
      .where("id", "=", factorId)
      .where("user_id", "=", userId)
      .returning("module")
      .executeTakeFirst();
    if (!row) return null;
    const about = { at: now, user_id: userId, by_user: userId, module: row.module, name: name.trim() };
    await noteActivity(trx, { ...about, what: "renamed" });
    return row.module;
  });
  if (module === null) return false;
  const change = { what: "renamed", kind: namesOf(mfa, module, email) } as const;
  tell(mfa, { email, languages }, change, now);
  return true;
}
