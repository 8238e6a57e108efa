import type { LockReason } from "./state.ts";

/** The alarm that wakes the worker at the deadline; its listener calls lockIfDue. */
export const LOCK_ALARM = "vault-lock";

/** Forgets the unlocked key everywhere. Does nothing to a vault of kind "device", which cannot be locked. */
export async function lock(_reason: LockReason): Promise<void> {
  throw new Error("not written yet");
}
/** Moves the deadline: the person did something. Cheap enough for every key press. */
export async function touch(_now: number): Promise<void> {
  throw new Error("not written yet");
}
/** @returns whether the vault was locked by this call */
export async function lockIfDue(_now: number): Promise<boolean> {
  throw new Error("not written yet");
}
