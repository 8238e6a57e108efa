import { readServers } from "../servers/connection.ts";
import { openVaultKey } from "../vault/vault-key.ts";
import { VaultLockedError } from "../vault/vault-locked.ts";
import { syncServer } from "./sync.ts";

/**
 * Brings all servers in step once. Does nothing where there are none, or the vault is locked. What went wrong is written
 * down with each group.
 */
export async function syncAll(): Promise<void> {
  const key = await openVaultKey();
  if (!key.ok) return;
  for (const { id, secrets } of await readServers()) {
    if (secrets?.token == null) continue;
    try {
      await syncServer(id);
    } catch (error) {
      // Locked in the middle of it: nothing was written, and the next unlocking begins again.
      if (!(error instanceof VaultLockedError)) throw error;
    }
  }
}
