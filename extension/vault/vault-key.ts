import type { Table } from "dexie";
import { type Bytes, base64ToBytes } from "../../shared/bytes.ts";
import { importAeadKey } from "../../shared/crypto/aead.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { readPolicy } from "../policy/policy.ts";
import { db, type SlotRow, type VaultRow } from "./db.ts";
import { unwrapWithDevice } from "./device-slot.ts";
import { importFingerprintKey } from "./fingerprint.ts";
import { readOrLock } from "./lock.ts";
import { isOfNewerVersion } from "./migrations.ts";
import { VaultLockedError } from "./vault-locked.ts";

/** What an open vault is read and written with. */
export type VaultKey = {
  readonly vaultId: string;
  readonly keyId: string;
  /** AES-256-GCM, for rows and index. */
  readonly rows: CryptoKey;
  /** HMAC, for fingerprints. */
  readonly fingerprints: CryptoKey;
};

export type Protection = "passphrase" | "device";

/** Only saves importing the same bytes again; whether it may be used is asked anew each time. */
let cached: { readonly text: string; readonly key: VaultKey } | null = null;

export type Protected = {
  readonly vault: VaultRow;
  /** Of the passphrase, or of the device. */
  readonly slot: SlotRow | null;
};

/** Which vault there is and what protects it; null: none yet. */
export async function readProtection(): Promise<(Protected & { readonly hasPasskey: boolean }) | null> {
  const [vault, slots] = await db.transaction("r", [db.vault, db.slots], readVaultAndSlots);
  if (vault === undefined) return null;
  return { vault, slot: chooseSlot(slots), hasPasskey: slots.some(isPasskey) };
}

/** To be called in a transaction. */
function readVaultAndSlots() {
  return Promise.all([db.vault.get("vault"), db.slots.toArray()]);
}

/**
 * The slot that says how the vault is protected: of the passphrase, or of the device. Both at once can't be; if they
 * were, the stricter one counts. A passkey is only another way in, but where there is one there was a passphrase, too.
 */
export function chooseSlot(slots: readonly SlotRow[]): SlotRow | null {
  const passphrase = slots.find(({ id }) => id === "passphrase");
  if (passphrase !== undefined || slots.some(isPasskey)) return passphrase ?? null;
  return slots.find(({ id }) => id === "device") ?? null;
}

function isPasskey({ id }: SlotRow): boolean {
  return id.startsWith("passkey/");
}

/** What storage.session has of an unlocked vault. */
export type Unlocked = {
  /** Base64. */
  readonly key: string;
  readonly keyId: string;
  /** Milliseconds since 1970 UTC; null: not before the browser closes. */
  readonly lockAt: number | null;
};

/** The unlocked key, or null where there is none or its deadline has passed: then it is locked on the way. */
export async function readUnlocked(now: number): Promise<Unlocked | null> {
  const found = await readOrLock(now);
  if (found === null || found === "locked") return null;
  return { key: found.key, keyId: found.keyId, lockAt: found.deadline };
}

/**
 * The key of the vault as it is now, if it may be used. Checks the lock deadline.
 *
 * "locked" also where the organisation wants a passphrase that the vault does not have. "corrupt": the slot of a vault
 * without passphrase can't be opened. "newer-version": a later extension wrote it, and nothing may be written.
 */
export async function openVaultKey(now: number = Date.now()): Promise<Result<VaultKey, NoKey>> {
  return (await openVaultKeyBeside([], async () => {}, now)).key;
}

export type NoKey = "none" | "locked" | "corrupt" | "newer-version";

/**
 * The same, with other rows of the same moment: one transaction, since most of what a look at the database takes is
 * beginning and ending it.
 *
 * @param read reads from these tables, and awaits nothing else
 */
export async function openVaultKeyBeside<T>(
  tables: readonly Table[],
  read: () => Promise<T>,
  now: number = Date.now(),
): Promise<{
  readonly key: Result<VaultKey, NoKey>;
  readonly vault: VaultRow | undefined;
  readonly beside: T;
}> {
  const [[[vault, slots], beside], unlocked] = await Promise.all([
    db.transaction("r", [db.vault, db.slots, ...tables], () => Promise.all([readVaultAndSlots(), read()])),
    readUnlocked(now),
  ]);
  if (vault === undefined) return { key: err("none"), vault, beside };
  return { key: await openProtectedKey({ vault, slot: chooseSlot(slots) }, unlocked), vault, beside };
}

/** The same from what has been read already. */
export async function openProtectedKey(
  { vault, slot }: Protected,
  unlocked: Unlocked | null,
): Promise<Result<VaultKey, "locked" | "corrupt" | "newer-version">> {
  if (isOfNewerVersion(vault)) return err("newer-version");
  if (slot?.id === "device")
    return (await isPassphraseDue(slot)) ? err("locked") : openDeviceKey(vault, slot);
  if (unlocked === null || unlocked.keyId !== vault.keyId) {
    cached = null;
    return err("locked");
  }
  if (cached?.text === unlocked.key && cached.key.vaultId === vault.vaultId) return ok(cached.key);
  const bytes = base64ToBytes(unlocked.key);
  if (!bytes.ok || bytes.value.length !== 32) return err("locked");
  const key = await importVaultKey(bytes.value, vault);
  cached = { text: unlocked.key, key };
  return ok(key);
}

/** Whether the vault has no passphrase although the organisation wants one: then it is closed until it does. */
export async function isPassphraseDue(slot: SlotRow | null): Promise<boolean> {
  return slot?.id === "device" && (await readPolicy()).passphraseRequired;
}

/** The same where the caller can do nothing about a refusal. Throws VaultLockedError. */
export async function requireVaultKey(): Promise<VaultKey> {
  return orThrow(await openVaultKey());
}

/** Takes a key that was asked for. Throws VaultLockedError. */
export function orThrow(key: Result<VaultKey, NoKey>): VaultKey {
  if (key.ok) return key.value;
  if (key.error === "locked") throw new VaultLockedError();
  throw Error(WHY_NO_KEY[key.error]);
}

const WHY_NO_KEY = {
  none: "there is no vault",
  corrupt: "the device slot can't be opened",
  "newer-version": "the vault is of a newer version",
} as const;

export async function importVaultKey(
  bytes: Bytes,
  { vaultId, keyId }: { vaultId: string; keyId: string },
): Promise<VaultKey> {
  const [rows, fingerprints] = await Promise.all([
    importAeadKey(bytes),
    importFingerprintKey(bytes, vaultId),
  ]);
  return { vaultId, keyId, rows, fingerprints };
}

/** The key of a vault without passphrase, which is not asked for here: setting one takes it. */
export async function openDeviceKey(
  vault: VaultRow,
  slot: SlotRow,
): Promise<Result<VaultKey, "corrupt" | "newer-version">> {
  const text = `device ${vault.keyId}`;
  if (cached?.text === text) return ok(cached.key);
  const bytes = await unwrapWithDevice(slot, vault);
  if (!bytes.ok) return bytes;
  const key = await importVaultKey(bytes.value, vault);
  cached = { text, key };
  return ok(key);
}
