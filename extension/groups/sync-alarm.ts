import { clearAlarm, repeatAlarm } from "../platform/alarms.ts";
import { readServers } from "../servers/connection.ts";
import { openVaultKey } from "../vault/vault-key.ts";
import { isInView } from "./in-view.ts";
import { syncAll } from "./sync-all.ts";

/** Goes off from time to time while the vault is unlocked and this device is signed in at a server. */
export const SYNC_ALARM = "sync-groups";

/**
 * A popup pulls when it opens, and a page hears at once: this is for what the popup shows before its pull is through, or
 * without a connection. Four requests in an hour, and a worker that lives for seconds each time.
 */
const PERIOD_MINUTES = 15;

/** Sets the alarm where there is something to look for and takes it back where there is not. */
export async function keepSyncAlarm(): Promise<void> {
  if (await isSignedInAnywhere()) await repeatAlarm(SYNC_ALARM, PERIOD_MINUTES);
  else await clearAlarm(SYNC_ALARM);
}

/** What the alarm is for. Nothing where the vault is locked, or a page is looked at that does it anyway. */
export async function syncOnTime(): Promise<void> {
  if (!(await isInView())) await syncAll();
  await keepSyncAlarm();
}

async function isSignedInAnywhere(): Promise<boolean> {
  if (!(await openVaultKey()).ok) return false;
  // Locked in between: the next look finds it so.
  const servers = await readServers().catch(() => []);
  return servers.some(({ secrets }) => secrets?.token != null);
}
