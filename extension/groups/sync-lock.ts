/**
 * Lets one page or worker at a time bring groups in step with their server, or act in one. It is taken before the vault's
 * own lock, never after. Not to be taken twice.
 */
export function withSyncLock<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request("countersign-sync", work);
}
