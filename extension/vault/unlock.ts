import type { Result } from "../../shared/result.ts";

/** "weak-parameters" and "corrupt" speak of the stored slot, not of what was typed. */
export type UnlockRefusal = "wrong-passphrase" | "corrupt" | "newer-version" | "weak-parameters";

/** Makes an empty vault whose key only this browser profile can unwrap. Does nothing if there is a vault. */
export async function createVault(): Promise<void> {
  throw new Error("not written yet");
}
/** Makes an empty vault under a passphrase and leaves it unlocked. Throws if there is a vault. */
export async function createVaultWithPassphrase(_passphrase: string): Promise<void> {
  throw new Error("not written yet");
}
/** Gives a vault of kind "device" its first passphrase: a new vault key, everything encrypted again. Stays unlocked. */
export async function setFirstPassphrase(_passphrase: string): Promise<void> {
  throw new Error("not written yet");
}
/** Rewrites the slot and nothing else. */
export async function changePassphrase(_old: string, _next: string): Promise<Result<void, UnlockRefusal>> {
  throw new Error("not written yet");
}
export async function unlock(_passphrase: string): Promise<Result<void, UnlockRefusal>> {
  throw new Error("not written yet");
}
/** Asks again before a secret is shown or exported. "no-passphrase": a vault of kind "device". Changes nothing. */
export async function checkPassphrase(
  _passphrase: string,
): Promise<Result<void, UnlockRefusal | "no-passphrase">> {
  throw new Error("not written yet");
}
