/** Settings that matter for security: in the vault's database, not in storage.local. */
export type Settings = {
  /** Minutes without use until the vault locks; null: not before the browser closes. */
  readonly lockMinutes: number | null;
};

export const DEFAULT_SETTINGS: Settings = { lockMinutes: 15 };
export const LOCK_MINUTES_CHOICES = [1, 5, 15, 30, 60, 240, null] as const;

export async function readSettings(): Promise<Settings> {
  throw new Error("not written yet");
}
/** A new lock time counts from now on, for the vault that is open as well. */
export async function changeSettings(_patch: Partial<Settings>): Promise<void> {
  throw new Error("not written yet");
}
