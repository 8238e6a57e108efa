import { clearAlarm, setAlarm } from "../platform/alarms.ts";
import { readPolicy } from "../policy/policy.ts";
import { atMost, readLockMinutes } from "./lock-minutes.ts";
import type { LockReason } from "./lock-reason.ts";
import { lockDeadline, lockNote, unlockedKey } from "./session-key.ts";

/** The alarm that wakes the worker at the deadline; its listener calls lockIfDue. */
export const LOCK_ALARM = "vault-lock";

/** Clocks are set back by seconds all the time; a minute more than that is somebody's doing. */
const CLOCK_TOLERANCE_MS = 60_000;
const MINUTE_MS = 60_000;
/** Every key press may call touch(); the deadline moves in steps of this size. */
const TOUCH_STEP_MS = 5_000;

/** When the person was last seen and when the key must be forgotten, as in session-key.ts. */
export type LockTimer = { readonly seenAt: number; readonly deadline: number | null };

let touchedAt = 0;

/** Forgets the unlocked key, for every page and the worker. Nothing happens where none is stored. */
export async function lock(reason: LockReason, now: number = Date.now()): Promise<void> {
  if ((await unlockedKey.get()) === null) return;
  // Why it is locked, for whoever sees the key go. Where that can't be kept, the key goes all the same.
  await lockNote.set({ reason, lockedAt: now }).catch(() => {});
  await unlockedKey.remove();
  await lockDeadline.remove();
  await clearAlarm(LOCK_ALARM);
}

/** Moves the deadline, because the person did something. */
export async function touch(now: number): Promise<void> {
  if (now >= touchedAt && now - touchedAt < TOUCH_STEP_MS) return;
  if ((await unlockedKey.get()) === null || (await lockIfDue(now))) return;
  touchedAt = now;
  await restartLockTimer(now);
}

/**
 * Locks if the deadline has passed or the clock was moved back. Asked at every read of the key, so it does not matter
 * whether an alarm rang.
 *
 * @returns whether the vault was locked by this call
 */
export async function lockIfDue(now: number): Promise<boolean> {
  return (await readOrLock(now)) === "locked";
}

/** The same, and what there is where it was not: null where no key is stored. */
export async function readOrLock(
  now: number,
): Promise<
  { readonly key: string; readonly keyId: string; readonly deadline: number | null } | "locked" | null
> {
  // Each read once, and both at the same time: a question to storage.session goes to another process and back.
  const [unlocked, timer] = await Promise.all([unlockedKey.get(), readLockTimer()]);
  if (unlocked === null) return null;
  const due = dueReason(timer, now);
  if (timer !== null && due === null)
    return { key: unlocked.key, keyId: unlocked.keyId, deadline: timer.deadline };
  // A key without a deadline is half of something: never to be trusted.
  await lock(due ?? "idle-timeout", timer?.deadline == null ? now : Math.min(now, timer.deadline));
  return "locked";
}

/** The deadline as it holds now: one that was set before the organisation allowed less ends when it allows. */
export async function readLockTimer(): Promise<LockTimer | null> {
  const policy = readPolicy();
  const timer = await lockDeadline.get();
  // Asked for at once, but waited for only where it matters: a browser that has just started answers after seconds.
  if (timer === null) return null;
  const { longestAutoLockMinutes } = await policy;
  if (longestAutoLockMinutes === null) return timer;
  return { ...timer, deadline: atMost(timer.deadline, timer.seenAt + longestAutoLockMinutes * MINUTE_MS) };
}

/** The organisation allows another time: locks if it is over, and else has the alarm ring when it will be. */
export async function renewLockAlarm(now: number): Promise<void> {
  if (await lockIfDue(now)) return;
  const [key, timer] = await Promise.all([unlockedKey.get(), readLockTimer()]);
  if (key !== null && timer !== null) await setLockAlarm(timer.deadline);
}

/** Sets deadline and alarm anew from the chosen lock time. Writes no key, so it can't unlock anything. */
export async function restartLockTimer(now: number): Promise<void> {
  const minutes = await readLockMinutes();
  const deadline = minutes === null ? null : now + minutes * MINUTE_MS;
  await lockDeadline.set({ seenAt: now, deadline });
  await setLockAlarm(deadline);
}

async function setLockAlarm(deadline: number | null): Promise<void> {
  if (deadline === null) await clearAlarm(LOCK_ALARM);
  else await setAlarm(LOCK_ALARM, deadline);
}

function dueReason(timer: LockTimer | null, now: number): LockReason | null {
  if (timer === null) return null;
  if (now < timer.seenAt - CLOCK_TOLERANCE_MS) return "clock-moved";
  return timer.deadline !== null && now >= timer.deadline ? "idle-timeout" : null;
}
