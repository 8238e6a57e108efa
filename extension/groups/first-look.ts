import { ok, type Result } from "../../shared/result.ts";
import { settlePendingKit } from "../servers/bundle.ts";
import { type ConnectionRefusal, openSession, type Session } from "../servers/connection.ts";
import { settleReplacement } from "../servers/settle-replacement.ts";
import { db, type GroupRow } from "../vault/db.ts";

/** What has to be known before a server is asked for news, as it is at one moment. */
export type FirstLook = {
  readonly session: Session;
  /** Those of the server. They stay as they are for as long as the sync lock is held. */
  readonly groups: readonly GroupRow[];
};

/** Finds out first what became of keys or a kit that are on their way. To be called with the sync lock held. */
export async function lookFirst(serverId: string): Promise<Result<FirstLook, ConnectionRefusal>> {
  const found = await look(serverId);
  if (!found.ok) return found;
  const { replacement, pendingKit } = found.value.session.secrets;
  if (replacement === undefined && pendingKit === undefined) return found;
  await settleReplacement(serverId);
  await settlePendingKit(serverId);
  return look(serverId);
}

async function look(serverId: string): Promise<Result<FirstLook, ConnectionRefusal>> {
  const read = () => db.groups.where("serverId").equals(serverId).toArray();
  const opened = await openSession(serverId, [db.groups], read);
  if (!opened.ok) return opened;
  const { session, beside } = opened.value;
  return ok({ session, groups: beside });
}
