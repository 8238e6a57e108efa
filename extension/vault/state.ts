export const LOCK_REASONS = ["restart", "idle-timeout", "screen-locked", "by-hand", "clock-moved"] as const;
export type LockReason = (typeof LOCK_REASONS)[number];

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
export async function vaultState(): Promise<VaultState> {
  throw new Error("not written yet");
}

/**
 * Calls back with the state at once and then whenever it changes, from whichever page or worker.
 *
 * @returns stops watching
 */
export function watchVaultState(_onState: (state: VaultState) => void): () => void {
  throw new Error("not written yet");
}
