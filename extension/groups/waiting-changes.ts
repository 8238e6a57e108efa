import { db } from "../vault/db.ts";
import { requireVaultKey } from "../vault/vault-key.ts";
import { readOutgoing } from "./outgoing.ts";
import { openGroupSecrets } from "./secrets.ts";
import { withSyncLock } from "./sync-lock.ts";

/** How many entries of a group say something here that its server has not been told yet. */
export async function countWaiting(g: string): Promise<number> {
  const row = await db.groups.get(g);
  if (row?.core == null) return 0;
  const secrets = await openGroupSecrets(await requireVaultKey(), row);
  return withSyncLock(async () => (await readOutgoing(row, secrets))?.changes.length ?? 0);
}
