/**
 * Thrown by whatever needs the vault key where a caller has no use for a reason: every page watches the vault's state
 * and shows the lock screen by itself.
 */
export class VaultLockedError extends Error {
  override readonly name = "VaultLockedError";
  constructor() {
    super("the vault is locked");
  }
}
