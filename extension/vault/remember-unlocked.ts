import { type Bytes, bytesToBase64 } from "../../shared/bytes.ts";
import { restartLockTimer } from "./lock.ts";
import { lockNote, unlockedKey } from "./session-key.ts";

/** Keeps the vault unlocked until its deadline, which is written first: a key must never stand there without one. */
export async function rememberUnlocked(vaultKey: Bytes, keyId: string, now: number): Promise<void> {
  await restartLockTimer(now);
  await unlockedKey.set({ key: bytesToBase64(vaultKey), keyId, unlockedAt: now });
  await lockNote.remove();
}
