/**
 * Lets one writer at a time change the vault, in whichever page or worker. Not to be taken twice: whoever holds it and
 * asks again waits for ever. A page that dies gives it back.
 */
export function withVaultLock<T>(write: () => Promise<T>): Promise<T> {
  return navigator.locks.request("countersign-vault", write);
}
