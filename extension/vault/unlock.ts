import type { Bytes } from "../../shared/bytes.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { db, type ServerRow, type VaultRow } from "./db.ts";
import { unwrapWithDevice } from "./device-slot.ts";
import { migrateContents } from "./migrate-contents.ts";
import { isOfNewerVersion } from "./migrations.ts";
import { type UnlockRefusal, unwrapWithPassphrase, wrapUnderPassphrase } from "./passphrase-slot.ts";
import { rememberUnlocked } from "./remember-unlocked.ts";
import { readProtection } from "./vault-key.ts";
import { withVaultLock } from "./vault-lock.ts";

export { createVault, createVaultWithPassphrase } from "./create-vault.ts";
export type { UnlockRefusal } from "./passphrase-slot.ts";
export { setFirstPassphrase } from "./set-first-passphrase.ts";

export type OpenedVault = { readonly vaultKey: Bytes; readonly vault: VaultRow };
type PassphraseCheck = Result<OpenedVault, UnlockRefusal | "no-passphrase">;

/** Opens the vault for every page and the worker until its deadline. A refusal changes nothing. */
export async function unlock(
  passphrase: string,
  now: number = Date.now(),
): Promise<Result<void, UnlockRefusal>> {
  const opened = await openWithPassphrase(passphrase);
  // A vault without passphrase is open already.
  if (!opened.ok) return opened.error === "no-passphrase" ? ok(undefined) : err(opened.error);
  return keepOpen(opened.value, now);
}

/** What every way of unlocking ends with. A later extension's contents are left alone, and the vault stays locked. */
export async function keepOpen(
  { vaultKey, vault }: OpenedVault,
  now: number,
): Promise<Result<void, "newer-version">> {
  const migrated = await migrateContents(vaultKey, now);
  if (!migrated.ok && migrated.error === "newer-version") return err("newer-version");
  await rememberUnlocked(vaultKey, vault.keyId, now);
  return ok(undefined);
}

/** Asks again before a secret is shown or exported. Changes nothing. "no-passphrase": the vault has none yet. */
export async function checkPassphrase(
  passphrase: string,
): Promise<Result<void, UnlockRefusal | "no-passphrase">> {
  const opened = await openWithPassphrase(passphrase);
  return opened.ok ? ok(undefined) : opened;
}

/**
 * Wraps the same vault key under another passphrase: one slot is rewritten, no entry is touched.
 *
 * @param alongside what of the servers is written with it, or not at all: that the former one still counts there. Made
 *   with the vault's lock held, so that nothing else changes them meanwhile
 */
export async function changePassphrase(
  old: string,
  next: string,
  alongside: () => Promise<readonly ServerRow[]> = async () => [],
): Promise<Result<void, UnlockRefusal>> {
  const opened = await openWithPassphrase(old);
  if (!opened.ok) {
    if (opened.error === "no-passphrase") throw Error("there is no passphrase to change");
    return err(opened.error);
  }
  const { vaultKey, vault } = opened.value;
  const slot = await wrapUnderPassphrase(vaultKey, vault, next);
  await withVaultLock(async () => {
    const servers = await alongside();
    await db.transaction("rw", [db.vault, db.slots, db.servers], async () => {
      // Nothing but this gives a vault with a passphrase another key, and never at the same time.
      if ((await db.vault.get("vault"))?.keyId !== vault.keyId) throw Error("the vault key has changed");
      await db.slots.put(slot);
      await db.servers.bulkPut([...servers]);
    });
  });
  return ok(undefined);
}

/**
 * Migrates a vault that has no passphrase; such a vault is never unlocked, so the worker calls this at each start.
 * Nothing happens to any other.
 */
export async function migrateDeviceVault(now: number = Date.now()): Promise<void> {
  // What can't be read is for the pages to say: vaultState().
  const found = await readProtection().catch(() => null);
  if (found?.slot?.id !== "device") return;
  const vaultKey = await unwrapWithDevice(found.slot, found.vault);
  if (vaultKey.ok) await migrateContents(vaultKey.value, now);
}

/** The vault key itself, for whatever wraps it anew. Unlocks nothing. "no-passphrase": the vault has none yet. */
export async function openWithPassphrase(passphrase: string): Promise<PassphraseCheck> {
  const found = await readProtection();
  if (found === null) throw Error("there is no vault");
  if (isOfNewerVersion(found.vault)) return err("newer-version");
  if (found.slot?.id === "device") return err("no-passphrase");
  const { vault, slot } = found;
  const vaultKey = await unwrapWithPassphrase(slot, vault.vaultId, passphrase);
  return vaultKey.ok ? ok({ vaultKey: vaultKey.value, vault }) : vaultKey;
}
