import { clearAlarm, setAlarm } from "../platform/alarms.ts";
import { hasOffscreen, withClipboardDocument } from "../platform/offscreen.ts";
import { askToClear } from "./clearing-channel.ts";
import { isClearingOn } from "./clearing-switch.ts";
import { type Cleared, compareAndClear } from "./compare-and-clear.ts";
import { type CopiedCode, copiedItem, describeCopied } from "./copied-code.ts";

/** The alarm that wakes the worker when a copied code is to go; its listener calls clearIfDue. */
export const CLEAR_ALARM = "clear-clipboard";
/** Also the shortest that Chromium lets an alarm wait (milliseconds). */
export const CLEAR_AFTER_MS = 30_000;

const LOCK = "countersign-clearing";

/**
 * Has a code that was copied just now cleared in a while, if that is switched on. A code copied before it is forgotten:
 * this one has taken its place on the clipboard. Never fails: the code is copied, whatever becomes of it later.
 */
export async function clearLater(code: string, now: number): Promise<void> {
  try {
    if (!(await isClearingOn())) return;
    const copied = await describeCopied(code, now + CLEAR_AFTER_MS);
    await copiedItem.set(copied);
    await setAlarm(CLEAR_ALARM, copied.dueAt);
  } catch {
    // Session memory is full, or the browser is closing.
  }
}

/**
 * Clears the clipboard if a copied code is due and still on it. Whoever wakes up calls it: what was due while nobody ran
 * is cleared late, and only if it is still there.
 */
export async function clearIfDue(now: number): Promise<void> {
  await navigator.locks.request(LOCK, async () => {
    const copied = await copiedItem.get();
    if (copied === null || now < copied.dueAt) return;
    // A refusal is kept for the next who wakes up: what reads no clipboard here may do so there.
    if ((await isClearingOn()) && (await clearHere(copied)) === "refused") return;
    const latest = await copiedItem.get();
    if (latest?.mac !== copied.mac) return;
    await copiedItem.remove();
    await clearAlarm(CLEAR_ALARM);
  });
}

/**
 * Clears in time as long as this page or worker lives: an alarm may be late. To be called synchronously at its start.
 *
 * @returns stops it
 */
export function clearOnTime(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (copied: CopiedCode | null) => {
    clearTimeout(timer);
    if (copied === null) return;
    timer = setTimeout(() => void clearIfDue(Date.now()), Math.max(0, copied.dueAt - Date.now()));
  };
  const stop = copiedItem.watch(wait);
  void copiedItem.get().then(wait);
  return () => {
    clearTimeout(timer);
    stop();
  };
}

async function clearHere(copied: CopiedCode): Promise<Cleared> {
  // Even from a page of ours that is open: pasting there would take the focus from what the person is doing.
  if (hasOffscreen()) return withClipboardDocument("clear-clipboard.html", () => askToClear(copied));
  return typeof document === "undefined" ? "refused" : compareAndClear(copied);
}
