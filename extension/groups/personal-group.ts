import { db, type GroupRow } from "../vault/db.ts";
import { requireVaultKey, type VaultKey } from "../vault/vault-key.ts";
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
  const found: string[] = [];
  const rows = await db.groups.where("serverId").equals(serverId).toArray();
  for (const { g, secrets } of await mayBePersonal(await requireVaultKey(), rows))
    if (await isOnlyMine(g, secrets, server.userId)) found.push(g);
  return found.sort();
}

/** Of those groups the ones that call themselves so and can be used. Whether they are, their logs say (isOnlyMine). */
export async function mayBePersonal(
  vault: VaultKey,
  rows: readonly GroupRow[],
): Promise<readonly { readonly g: string; readonly secrets: GroupSecrets }[]> {
  const usable = rows.filter(({ core, trouble }) => core !== null && !core.closed && trouble !== "no-access");
  const opened = await Promise.all(
    usable.map(async (row) => ({ g: row.g, secrets: await openGroupSecrets(vault, row) })),
  );
  return opened.filter(({ secrets }) => secrets.key !== null && secrets.isPersonal);
}
