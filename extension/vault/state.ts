import { liveQuery } from "dexie";
import { lockIfDue } from "./lock.ts";
import type { LockReason } from "./lock-reason.ts";
import { lockDeadline, lockNote, unlockedKey } from "./session-key.ts";
import { readProtection } from "./vault-key.ts";

export { LOCK_REASONS, type LockReason } from "./lock-reason.ts";

export type VaultState =
  | { readonly kind: "none" }
  | {
      readonly kind: "locked";
      readonly reason: LockReason;
      /** Milliseconds since 1970 UTC; null after a restart of the browser. */
      readonly lockedAt: number | null;
    }
  | {
      readonly kind: "unlocked";
      /** "device": no passphrase yet, and so it cannot be locked. */
      readonly protection: "passphrase" | "device";
      /** Milliseconds since 1970 UTC; null: not before the browser closes. */
      readonly lockAt: number | null;
    };

/** The state as it is now. Locks on the way if the deadline has passed or the clock was moved back. */
export async function vaultState(now: number = Date.now()): Promise<VaultState> {
  const found = await readProtection();
  if (found === null) return { kind: "none" };
  if (found.slot?.id === "device") return { kind: "unlocked", protection: "device", lockAt: null };
  await lockIfDue(now);
  const [key, timer, note] = await Promise.all([unlockedKey.get(), lockDeadline.get(), lockNote.get()]);
  if (key !== null && timer !== null && key.keyId === found.vault.keyId) {
    return { kind: "unlocked", protection: "passphrase", lockAt: timer.deadline };
  }
  return { kind: "locked", reason: note?.reason ?? "restart", lockedAt: note?.lockedAt ?? null };
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
  ];
  // Tells of the first vault and the first passphrase; and of what there is, at once.
  const slots = liveQuery(readProtection).subscribe({ next: () => void look() });
  return () => {
    stopped = true;
    clearTimeout(timer);
    slots.unsubscribe();
    for (const stop of stops) stop();
  };
}

/** setTimeout takes 31 bits; a longer wait is looked at again in between. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
