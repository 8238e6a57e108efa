import type { Bytes } from "../../shared/bytes.ts";
import { requireAllowed } from "../policy/forbidden.ts";
import { db, type SlotRow, type VaultRow } from "./db.ts";
import { wrapUnderDevice } from "./device-slot.ts";
import { CONTENTS_VERSION } from "./migrations.ts";
import { wrapUnderPassphrase } from "./passphrase-slot.ts";
import { rememberUnlocked } from "./remember-unlocked.ts";
import { replaceIndex, sealIndex } from "./stored-index.ts";
import { importVaultKey } from "./vault-key.ts";
import { withVaultLock } from "./vault-lock.ts";

/**
 * Makes an empty vault whose key this browser profile alone can unwrap. Does nothing if there is a vault. Throws
 * ForbiddenByPolicyError where the organisation wants a passphrase.
 */
export async function createVault(now: number = Date.now()): Promise<void> {
  await requireAllowed("passphraseRequired");
  const { vaultKey, vault } = newVault(now);
  const slot = await wrapUnderDevice(vaultKey, vault);
  await withVaultLock(() => writeNewVault(vaultKey, vault, slot));
}

/** Makes an empty vault under a passphrase, which must not be empty, and leaves it unlocked. Throws if there is a vault. */
export async function createVaultWithPassphrase(passphrase: string, now: number = Date.now()): Promise<void> {
  const { vaultKey, vault } = newVault(now);
  const slot = await wrapUnderPassphrase(vaultKey, vault, passphrase);
  await withVaultLock(async () => {
    if ((await db.vault.get("vault")) !== undefined) throw Error("there is a vault already");
    // Before the vault is there, so that no page sees it locked in between; a key without its vault opens nothing.
    await rememberUnlocked(vaultKey, vault.keyId, now);
    await writeNewVault(vaultKey, vault, slot);
  });
}

/** A random key, and the name it goes by. */
export function newVaultKey(): { vaultKey: Bytes; keyId: string } {
  return { vaultKey: crypto.getRandomValues(new Uint8Array(32)), keyId: crypto.randomUUID() };
}

function newVault(now: number): { vaultKey: Bytes; vault: VaultRow } {
  const { vaultKey, keyId } = newVaultKey();
  const vaultId = crypto.randomUUID();
  const vault = {
    id: "vault",
    vaultId,
    keyId,
    createdAt: now,
    contentsVersion: CONTENTS_VERSION,
    rev: 1,
  } as const;
  return { vaultKey, vault };
}

async function writeNewVault(vaultKey: Bytes, vault: VaultRow, slot: SlotRow): Promise<void> {
  const index = await sealIndex(await importVaultKey(vaultKey, vault), vault.rev, []);
  await db.transaction("rw", [db.vault, db.slots, db.index], async () => {
    if ((await db.vault.get("vault")) !== undefined) return;
    await db.vault.put(vault);
    await db.slots.put(slot);
    await replaceIndex(index);
  });
}
