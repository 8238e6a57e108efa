import { liveQuery } from "dexie";
import { watchPolicy } from "../policy/policy.ts";
import type { LockReason } from "./lock-reason.ts";
import { isOfNewerVersion } from "./migrations.ts";
import { lockDeadline, lockNote, unlockedKey } from "./session-key.ts";
import { isPassphraseDue, openDeviceKey, readProtection, readUnlocked } from "./vault-key.ts";

export { LOCK_REASONS, type LockReason } from "./lock-reason.ts";

/**
 * Why a vault that is there can't be used by anybody. "device-key-lost": what wrapped the vault key is missing or
 * damaged. "database": the browser can't read it.
 */
export type UnopenableReason = "device-key-lost" | "database" | "newer-version";

export type LockedVault = {
  readonly kind: "locked";
  readonly reason: LockReason;
  /** Milliseconds since 1970 UTC; null after a restart of the browser. */
  readonly lockedAt: number | null;
  /** Whether a passkey was added that may open it as well. */
  readonly hasPasskey: boolean;
};

export type VaultState =
  | { readonly kind: "none" }
  | LockedVault
  /** It has no passphrase, and the organisation wants one: nothing is shown or kept before it is set. */
  | { readonly kind: "passphrase-due" }
  | {
      readonly kind: "unlocked";
      /** "device": no passphrase yet, and so it cannot be locked. */
      readonly protection: "passphrase" | "device";
      /** Milliseconds since 1970 UTC; null: not before the browser closes. */
      readonly lockAt: number | null;
    }
  | { readonly kind: "unopenable"; readonly why: UnopenableReason };

/** What protects a vault that is unlocked; "device" for any other, whose secrets nobody asks for. */
export function protectionOf(vault: VaultState): "passphrase" | "device" {
  return vault.kind === "unlocked" ? vault.protection : "device";
}

/** The state as it is now. Locks on the way if the deadline has passed or the clock was moved back. */
export async function vaultState(now: number = Date.now()): Promise<VaultState> {
  const found = await readProtection().catch(() => "unreadable" as const);
  if (found === "unreadable") return { kind: "unopenable", why: "database" };
  if (found === null) return { kind: "none" };
  if (isOfNewerVersion(found.vault)) return { kind: "unopenable", why: "newer-version" };
  if (found.slot?.id === "device") {
    const key = await openDeviceKey(found.vault, found.slot);
    if (key.ok && (await isPassphraseDue(found.slot))) return { kind: "passphrase-due" };
    if (key.ok) return { kind: "unlocked", protection: "device", lockAt: null };
    return { kind: "unopenable", why: key.error === "corrupt" ? "device-key-lost" : key.error };
  }
  const unlocked = await readUnlocked(now);
  if (unlocked?.keyId === found.vault.keyId) {
    return { kind: "unlocked", protection: "passphrase", lockAt: unlocked.lockAt };
  }
  // No passphrase opens what has no slot at all: asking for one would be asking for ever.
  if (found.slot === null && !found.hasPasskey) return { kind: "unopenable", why: "device-key-lost" };
  const { hasPasskey } = found;
  const note = await lockNote.get();
  return { kind: "locked", reason: note?.reason ?? "restart", lockedAt: note?.lockedAt ?? null, hasPasskey };
}

/**
 * Calls back with the state at once and then whenever it changes, from whichever page or worker.
 *
 * @returns stops watching
 */
export function watchVaultState(onState: (state: VaultState) => void): () => void {
  let stopped = false;
  let asked = 0;
  let told = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = async () => {
    const asking = ++asked;
    const state = await vaultState();
    // Only the answer to the latest question is true.
    if (stopped || asking !== asked) return;
    clearTimeout(timer);
    // An alarm may be half a minute late; an open page need not be.
    const wait = state.kind === "unlocked" && state.lockAt !== null ? state.lockAt - Date.now() : null;
    if (wait !== null) timer = setTimeout(look, Math.min(Math.max(wait, 0), MAX_TIMEOUT_MS));
    if (told === JSON.stringify(state)) return;
    told = JSON.stringify(state);
    onState(state);
  };
  const stops = [
    unlockedKey.watch(() => void look()),
    lockDeadline.watch(() => void look()),
    lockNote.watch(() => void look()),
    watchPolicy(() => void look()),
  ];
  // Tells of the first vault, the first passphrase and the first passkey.
  const slots = liveQuery(readProtection).subscribe({ next: () => void look(), error: () => void look() });
  // A database that can't be opened tells nothing by itself.
  void look();
  return () => {
    stopped = true;
    clearTimeout(timer);
    slots.unsubscribe();
    for (const stop of stops) stop();
  };
}

/** Calls back when the vault was unlocked just now, by whichever page; it wakes a worker too. @returns stops watching */
export function watchUnlocking(onUnlocked: () => void): () => void {
  return unlockedKey.watch((key) => {
    if (key !== null) onUnlocked();
  });
}

/** setTimeout takes 31 bits; a longer wait is looked at again in between. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
