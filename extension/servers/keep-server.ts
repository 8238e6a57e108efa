import { err, ok, type Result } from "../../shared/result.ts";
import { db, type ServerRow } from "../vault/db.ts";
import { openVaultKey, readProtection, requireVaultKey, type VaultKey } from "../vault/vault-key.ts";
import { withVaultLock } from "../vault/vault-lock.ts";
import { openServer, type ServerSecrets, sealServer } from "./stored-server.ts";

/**
 * The vault key, if the vault is one that may be connected: with a passphrase, because a vault without one gets another
 * key with its first, and because whoever copies the browser's profile would have the person's keys.
 */
export async function keyForServers(): Promise<Result<VaultKey, "locked" | "no-passphrase">> {
  const [found, key] = await Promise.all([readProtection(), openVaultKey()]);
  if (found === null || found.slot?.id === "device") return err("no-passphrase");
  return key.ok ? key : err("locked");
}

/**
 * Keeps a server that this device is connected to from now on; what was begun for registering there is done.
 *
 * @param make what is to be kept, from what is kept at that moment: null where it is nothing, or can't be read
 */
export async function keepServer(
  key: VaultKey,
  server: Omit<ServerRow, "sealed">,
  make: (before: ServerSecrets | null) => ServerSecrets,
): Promise<void> {
  await withVaultLock(async () => {
    const stored = await db.servers.get(server.id);
    const before = stored === undefined ? null : await openServer(key, stored);
    const row = await sealServer(key, server, make(before?.ok ? before.value : null));
    await db.transaction("rw", [db.vault, db.servers, db.registrations], async () => {
      // A vault that was deleted and made anew meanwhile.
      if ((await db.vault.get("vault"))?.keyId !== key.keyId) throw Error("the vault has changed");
      await db.servers.put(row);
      await db.registrations.delete(row.id);
    });
  });
}

/** What is kept of a server, and who the person is there. */
export type KeptServer = {
  readonly origin: string;
  readonly userId: string;
  readonly secrets: ServerSecrets;
};

/** What is kept of a server now. "signed-out": it can't be read, so that nothing can be asked there. */
export async function readKept(
  serverId: string,
): Promise<Result<KeptServer & { readonly key: VaultKey }, "not-connected" | "locked" | "signed-out">> {
  const [row, key] = await Promise.all([db.servers.get(serverId), openVaultKey()]);
  if (row === undefined) return err("not-connected");
  if (!key.ok) return err("locked");
  const secrets = await openServer(key.value, row);
  if (!secrets.ok) return err("signed-out");
  return ok({ origin: row.origin, userId: row.userId, secrets: secrets.value, key: key.value });
}

/** Changes what is kept of a server; nothing happens where it is not there or can't be read. Throws VaultLockedError. */
export async function changeServer(
  serverId: string,
  change: (secrets: ServerSecrets) => ServerSecrets,
): Promise<void> {
  await changeServerUnder(await requireVaultKey(), serverId, change);
}

/** The same for whoever has the key already: what an answer brought is kept, even where the vault was locked meanwhile. */
export async function changeServerUnder(
  key: VaultKey,
  serverId: string,
  change: (secrets: ServerSecrets) => ServerSecrets,
): Promise<void> {
  await withVaultLock(async () => {
    const row = await db.servers.get(serverId);
    const secrets = row && (await openServer(key, row));
    if (!row || !secrets?.ok) return;
    await db.servers.put(await sealServer(key, row, change(secrets.value)));
  });
}
