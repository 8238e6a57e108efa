import { db } from "../vault/db.ts";
import { requireVaultKey } from "../vault/vault-key.ts";
import { type GroupSecrets, openGroupSecrets } from "./secrets.ts";

/**
 * Whether a group is what somebody keeps for themselves on all their devices. That it calls itself so is not enough: they
 * made it, and nobody else is in it, as its log says. Else a group of several could pass for theirs alone.
 */
export async function isOnlyMine(
  g: string,
  { isPersonal }: Pick<GroupSecrets, "isPersonal">,
  userId: string,
): Promise<boolean> {
  if (!isPersonal) return false;
  const here = (await db.groupMembers.where("g").equals(g).toArray()).filter(({ left }) => left === null);
  return here.length === 1 && here.every(({ id, joined }) => id === userId && joined === 0);
}

/**
 * The groups in which this person keeps accounts for themselves at a server, the one that is used first: the lowest id, so
 * that all devices agree. There is one, but where two devices each made one before they knew of the other's.
 */
export async function readPersonalGroups(serverId: string): Promise<string[]> {
  const server = await db.servers.get(serverId);
  if (server === undefined) return [];
  const key = await requireVaultKey();
  const found: string[] = [];
  for (const row of await db.groups.where("serverId").equals(serverId).toArray()) {
    if (row.core === null || row.core.closed || row.trouble === "no-access") continue;
    const secrets = await openGroupSecrets(key, row);
    if (secrets.key !== null && (await isOnlyMine(row.g, secrets, server.userId))) found.push(row.g);
  }
  return found.sort();
}
