import { browser } from "./browser.ts";

/**
 * Wakes the worker at a time, whether it is running by then or not. Replaces an alarm of the same name.
 *
 * @param when milliseconds since 1970 UTC; the browser may be up to half a minute late
 */
export async function setAlarm(name: string, when: number): Promise<void> {
  await browser.alarms.create(name, { when });
}

/**
 * Wakes the worker again and again, first after one period. One that is set already goes on as it was.
 *
 * @param minutes between two times
 */
export async function repeatAlarm(name: string, minutes: number): Promise<void> {
  if ((await browser.alarms.get(name)) === undefined)
    await browser.alarms.create(name, { periodInMinutes: minutes });
}

export async function clearAlarm(name: string): Promise<void> {
  await browser.alarms.clear(name);
}

/** Takes back every alarm, whoever set it. */
export async function clearAllAlarms(): Promise<void> {
  await browser.alarms.clearAll();
}
