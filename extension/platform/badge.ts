import { browser } from "./browser.ts";

/** The alarm that takes the tick away where the page or worker that set it has died meanwhile. */
export const BADGE_ALARM = "clear-badge";

const SHOW_MS = 4000;

/** Ticks the toolbar icon for a few seconds: the sign, seen with the popup closed, that what was asked for was done. */
export async function showTick(): Promise<void> {
  await browser.action.setBadgeBackgroundColor({ color: "#0b6e66" });
  await browser.action.setBadgeText({ text: "✓" });
  await browser.alarms.create(BADGE_ALARM, { when: Date.now() + SHOW_MS });
  setTimeout(() => void clearTick(), SHOW_MS);
}

/** Takes the tick away. */
export async function clearTick(): Promise<void> {
  await browser.action.setBadgeText({ text: "" });
}
