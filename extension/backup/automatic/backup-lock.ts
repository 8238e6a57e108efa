/**
 * Lets one page at a time make or count backups. A page that dies gives it back.
 *
 * @param mode "pass-by": where another page is at it, nothing is done
 * @returns null: it was passed by
 */
export function withBackupLock<T>(mode: "wait" | "pass-by", work: () => Promise<T>): Promise<T | null> {
  return navigator.locks.request("countersign-backup", { ifAvailable: mode === "pass-by" }, (lock) =>
    lock === null ? Promise.resolve(null) : work(),
  );
}
