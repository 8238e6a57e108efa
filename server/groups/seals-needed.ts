import { can } from "../../shared/group/permissions.ts";
import type { Changes, Known } from "../../shared/group/state.ts";
import type { Database } from "../db/open.ts";

/**
 * Who must be given the group's key together with a link: its first owner, who comes to use codes, who takes new keys,
 * and after a rotation everybody who stays. Without it they would be members who can open nothing.
 */
export async function sealsNeeded(
  db: Database,
  known: Known,
  { core, members }: Changes,
): Promise<ReadonlySet<string>> {
  if (core.epoch === known.core?.epoch) {
    const keyless = members.filter(({ id, role, left, enc }) => {
      const before = known.members.get(id);
      const had = before !== undefined && can(before.role, "use-codes") && before.enc === enc;
      return left === null && can(role, "use-codes") && !had;
    });
    return new Set(keyless.map(({ id }) => id));
  }
  if (known.core === null) return new Set(members.map(({ id }) => id));
  const rows = await db
    .selectFrom("group_member")
    .select(["user_id", "role"])
    .where("g", "=", core.g)
    .where("left_n", "is", null)
    .execute();
  const gone = new Set(members.filter(({ left }) => left !== null).map(({ id }) => id));
  return new Set(
    rows
      .filter(({ user_id, role }) => can(role, "use-codes") && !gone.has(user_id))
      .map((row) => row.user_id),
  );
}
