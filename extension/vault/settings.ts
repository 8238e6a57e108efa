import { restartLockTimer } from "./lock.ts";
import { DEFAULT_LOCK_MINUTES, readLockMinutes, writeLockMinutes } from "./lock-minutes.ts";
import { unlockedKey } from "./session-key.ts";

export { lockMinutesChoices } from "./lock-minutes.ts";

/** Settings that matter for security: in the vault's database, not in storage.local. */
export type Settings = {
  /** Minutes without use until the vault locks, 1 to 1440; null: not before the browser closes. */
  readonly lockMinutes: number | null;
};

export const DEFAULT_SETTINGS: Settings = { lockMinutes: DEFAULT_LOCK_MINUTES };

export async function readSettings(): Promise<Settings> {
  return { lockMinutes: await readLockMinutes() };
}

/** A new lock time counts from now on, for a vault that is open as well. */
export async function changeSettings(patch: Partial<Settings>, now: number = Date.now()): Promise<void> {
  if (patch.lockMinutes === undefined) return;
  await writeLockMinutes(patch.lockMinutes);
  if ((await unlockedKey.get()) !== null) await restartLockTimer(now);
}
