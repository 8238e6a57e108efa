/**
 * Lets one at a time put another token in the place of a session's, in whichever page: held from before the server is asked
 * until the next token is stored. Whoever is refused meanwhile waits for it, and has the next one then. Taken after the lock of
 * one's own access, and before the vault's. Not to be taken twice.
 */
export function withTokenLock<T>(serverId: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(`countersign-token ${serverId}`, work);
}
