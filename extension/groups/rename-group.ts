import { can } from "../../shared/group/permissions.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type ActRefusal, stand } from "./act.ts";
import { nameGroup } from "./create-group.ts";
import { withSyncLock } from "./sync-lock.ts";

const MAX_ATTEMPTS = 6;

/** Gives the group another name, for everybody in it. */
export function renameGroup(g: string, name: string): Promise<Result<void, ActRefusal>> {
  return withSyncLock(async () => {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const standing = await stand(g);
      if (!standing.ok) return standing;
      const { connection, row, core, me, secrets } = standing.value;
      if (!can(me.role, "change-records")) return err("rank");
      if (secrets.name === name) return ok(undefined);
      const named = await nameGroup(connection, row, core, { ...secrets, name });
      if (named.ok) return ok(undefined);
      if (named.error !== "conflict") return err(named.error);
    }
    return err("busy");
  });
}
