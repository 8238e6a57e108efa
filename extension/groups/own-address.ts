import { can } from "../../shared/group/permissions.ts";
import { db } from "../vault/db.ts";
import { stand } from "./act.ts";
import { nameGroup } from "./create-group.ts";
import { withSyncLock } from "./sync-lock.ts";

const MAX_ATTEMPTS = 6;

/**
 * Writes the person's present address beside their name in every group of a server in which they may change things. In the
 * others the former one stays until somebody does who may. Nothing depends on it: people are known by their keys.
 */
export async function writeOwnAddress(serverId: string): Promise<void> {
  for (const g of (await db.groups.where("serverId").equals(serverId).primaryKeys()) as string[])
    await withSyncLock(() => writeInto(g));
}

async function writeInto(g: string): Promise<void> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const standing = await stand(g);
    if (!standing.ok) return;
    const { connection, row, core, me, secrets } = standing.value;
    const { userId, email } = connection;
    if (!can(me.role, "change-records") || secrets.people[userId] === email) return;
    const people = { ...secrets.people, [userId]: email };
    const named = await nameGroup(connection, row, core, { ...secrets, people });
    if (named.ok || named.error !== "conflict") return;
  }
}
