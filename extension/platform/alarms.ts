import { browser } from "./browser.ts";

/**
 * Wakes the worker at a time, whether it is running by then or not. Replaces an alarm of the same name.
 *
 * @param when milliseconds since 1970 UTC; the browser may be up to half a minute late
 */
export async function setAlarm(name: string, when: number): Promise<void> {
  await browser.alarms.create(name, { when });
}

/** Wakes the worker again and again. Replaces an alarm of the same name. */
export async function setRepeatingAlarm(name: string, { minutes }: { minutes: number }): Promise<void> {
  await browser.alarms.create(name, { periodInMinutes: minutes });
}

export async function clearAlarm(name: string): Promise<void> {
  await browser.alarms.clear(name);
}

/** To be called synchronously when the worker starts, or the alarm that woke it is missed. @returns stops listening */
export function onAlarm(name: string, onRing: () => void): () => void {
  const listener = (alarm: { name: string }) => {
    if (alarm.name === name) onRing();
  };
  browser.alarms.onAlarm.addListener(listener);
  return () => browser.alarms.onAlarm.removeListener(listener);
}
