import { readManagedStorage, watchManagedStorage } from "../platform/managed-storage.ts";
import { NO_POLICY, type Policy, parsePolicy } from "./parse-policy.ts";

export type { Policy, UnreadSetting } from "./parse-policy.ts";

/** Only saves asking again: every change drops it. Asked for with each look at the vault key, so it must cost nothing. */
let cached: Promise<Policy> | null = null;
let isWatching = false;

/**
 * What the administrator has set, as it is now. Never fails: what can't be read is not heeded and stands in `unread`, so
 * that nobody is locked out by a mistake.
 */
export function readPolicy(): Promise<Policy> {
  if (!isWatching) {
    isWatching = true;
    watchManagedStorage(() => {
      cached = null;
    });
  }
  cached ??= askForPolicy();
  return cached;
}

/** Calls back after each change. It wakes a worker, too, if it was called while that started. @returns stops watching */
export function watchPolicy(onChange: (policy: Policy) => void): () => void {
  // First of all listeners to this area, so that what is asked for from the others is new.
  void readPolicy();
  return watchManagedStorage(() => void readPolicy().then(onChange));
}

async function askForPolicy(): Promise<Policy> {
  const values = await readManagedStorage();
  if (values.ok) return parsePolicy(values.value);
  // It may be readable the next time.
  cached = null;
  return { ...NO_POLICY, unread: [{ why: "all" }] };
}
