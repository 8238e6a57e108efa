import { ok, type Result } from "../../shared/result.ts";
import { openConnection } from "../servers/connection.ts";
import type { ActRefusal } from "./act.ts";
import { foundGroup } from "./create-group.ts";
import { tellOtherDevices } from "./other-devices.ts";
import { readPersonalGroups } from "./personal-group.ts";
import { bringServerInStep } from "./sync.ts";
import { withSyncLock } from "./sync-lock.ts";

/**
 * The group in which this person keeps accounts for themselves on all their devices: the one that a device of theirs has
 * made, or a new one. The server is asked first, so that a second one is only made where two devices do it at once; those
 * two are put together by the syncs that follow (copyStrays).
 *
 * @param name what an earlier version shows in its place
 * @returns the group's id
 */
export function makePersonalGroup(
  serverId: string,
  name: string,
): Promise<Result<string, ActRefusal | "conflict">> {
  return withSyncLock(async () => {
    const synced = await bringServerInStep(serverId);
    if (!synced.ok) return synced;
    const [known] = await readPersonalGroups(serverId);
    if (known !== undefined) return ok(known);
    const connection = await openConnection(serverId);
    if (!connection.ok) return connection;
    const made = await foundGroup(connection.value, { name, isPersonal: true });
    if (made.ok) await tellOtherDevices(serverId);
    return made;
  });
}
