import type { Bytes } from "../../shared/bytes.ts";
import { sealBackupRowAgain } from "./backup-rows.ts";
import { newVaultKey } from "./create-vault.ts";
import { type CopyRow, db, type SealedRow } from "./db.ts";
import { rowsOf } from "./index-parts.ts";
import { isOfNewerVersion } from "./migrations.ts";
import { wrapUnderPassphrase } from "./passphrase-slot.ts";
import { rememberUnlocked } from "./remember-unlocked.ts";
import { readSnapshots, sealSnapshot } from "./snapshot.ts";
import { readStoredIndex, rebuildIndex, replaceIndex, sealIndex } from "./stored-index.ts";
import { sealRowAgain } from "./stored-row.ts";
import { importVaultKey, openDeviceKey, readProtection, type VaultKey } from "./vault-key.ts";
import { withVaultLock } from "./vault-lock.ts";

/**
 * Gives a vault its first passphrase, which must not be empty. The vault gets a new key, because the old one was wrapped
 * by nothing but this browser profile: everything is encrypted again, and the device slot is deleted, in one transaction.
 * Leaves the vault unlocked. Throws if there is a passphrase already.
 */
export async function setFirstPassphrase(passphrase: string, now: number = Date.now()): Promise<void> {
  const next = newVaultKey();
  await withVaultLock(async () => {
    const found = await readProtection();
    if (found?.slot?.id !== "device") throw Error("the vault is not one without a passphrase");
    if (isOfNewerVersion(found.vault)) throw Error("the vault is of a newer version");
    const from = await openDeviceKey(found.vault, found.slot);
    if (!from.ok) throw Error("the device slot can't be opened");
    const slot = await wrapUnderPassphrase(next.vaultKey, { ...found.vault, ...next }, passphrase);
    await encryptAgain(from.value, slot, next, now);
  });
}

async function encryptAgain(
  from: VaultKey,
  slot: { readonly id: "passphrase" },
  { vaultKey, keyId }: { vaultKey: Bytes; keyId: string },
  now: number,
): Promise<void> {
  const to = await importVaultKey(vaultKey, { vaultId: from.vaultId, keyId });
  const { vault, index: indexBefore } = await readStoredIndex(from);
  const rev = vault.rev + 1;
  const entries = await sealRowsAgain(from, to, await db.entries.toArray());
  const copies = await Promise.all(
    (await db.copies.toArray()).map(
      async (copy): Promise<CopyRow> => ({ ...copy, rows: await sealRowsAgain(from, to, copy.rows) }),
    ),
  );
  // One that can't be opened is dropped: undoing with it was not possible before either.
  const snapshots = await Promise.all(
    [...(await readSnapshots(from))].map(([id, snapshot]) => sealSnapshot(to, rev, id, snapshot)),
  );
  const backups = await Promise.all(
    (await db.backups.toArray()).map((row) => sealBackupRowAgain(from, to, row)),
  );
  // Derived anew: fingerprints are made under the key, and those of the old one would know no secret again.
  const index = await sealIndex(to, rev, await rebuildIndex(to, entries, rowsOf(indexBefore)));
  // Before the vault changes keys, so that no page sees it locked in between; until then this key opens nothing.
  await rememberUnlocked(vaultKey, keyId, now);
  const ofServers = [db.servers, db.registrations];
  const ofBackups = [db.snapshots, db.copies, db.backups];
  const tables = [db.vault, db.slots, db.entries, db.index, ...ofBackups, ...ofServers];
  await db.transaction("rw", tables, async () => {
    // Every writer holds the same lock; one that did not would be found out here.
    const current = await db.vault.get("vault");
    if (current?.rev !== vault.rev || current.keyId !== from.keyId) throw Error("the vault has changed");
    // Connecting wants a passphrase: what is kept of a server never has to be encrypted again.
    if ((await db.servers.count()) + (await db.registrations.count()) > 0)
      throw Error("a server is connected");
    await db.entries.bulkPut(entries);
    await db.copies.bulkPut(copies);
    await db.snapshots.clear();
    await db.snapshots.bulkPut(snapshots);
    await db.backups.clear();
    await db.backups.bulkPut(backups.flatMap((row) => row ?? []));
    await replaceIndex(index);
    await db.slots.clear();
    await db.slots.put(slot);
    await db.vault.put({ ...vault, keyId, rev });
  });
}

/** The same rows under the other key, with the revisions they had. Damaged ones stay the bytes they are. */
function sealRowsAgain(from: VaultKey, to: VaultKey, rows: readonly SealedRow[]): Promise<SealedRow[]> {
  return Promise.all(rows.map(async (row) => (await sealRowAgain(from, to, row)) ?? row));
}
