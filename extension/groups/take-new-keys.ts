import { err, ok, type Result } from "../../shared/result.ts";
import { type ReplaceRefusal, replaceOwnKeys } from "../servers/replace-keys.ts";
import { type ShowFactor, showNoFactor } from "../servers/show-factor.ts";
import { db } from "../vault/db.ts";
import { pinsOf } from "./rekey.ts";
import { syncServer } from "./sync.ts";
import { withSyncLock } from "./sync-lock.ts";
import { isNewKeyStopped } from "./sync-progress.ts";

/**
 * Takes new keys at a server, and tells all groups there. What does not get done at once is gone on with by every sync, on
 * any device that has the new kit.
 *
 * @returns whether every group that answered knows the new keys, and the person has stopped no group's new key
 */
export async function takeNewKeys(
  serverId: string,
  passphrase: string,
  showFactor: ShowFactor = showNoFactor,
): Promise<Result<{ readonly isFinished: boolean }, ReplaceRefusal>> {
  const replaced = await withSyncLock(async () =>
    replaceOwnKeys(
      serverId,
      passphrase,
      pinsOf(await db.groups.where("serverId").equals(serverId).toArray()),
      showFactor,
    ),
  );
  if (!replaced.ok) return err(replaced.error);
  const synced = await syncServer(serverId);
  const rows = await db.groups.where("serverId").equals(serverId).toArray();
  const isStopped = rows.some(({ g, core }) => core?.rotationDue && isNewKeyStopped(g));
  return ok({ isFinished: synced.ok && synced.value.troubles.size === 0 && !isStopped });
}
