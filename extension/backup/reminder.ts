export type BackupReminder = {
  /** Secrets that came into the vault after the last backup. */
  readonly newEntries: number;
  /** Whole days since the last backup, or since there is something to back up. */
  readonly daysSince: number;
};

/** null: no reminder is due. */
export async function backupReminder(_now: number): Promise<BackupReminder | null> {
  throw new Error("not written yet");
}
/** The person has the file. */
export async function noteBackupWritten(_now: number): Promise<void> {
  throw new Error("not written yet");
}
