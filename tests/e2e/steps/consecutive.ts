import type { Page } from "playwright-core";
import { scanAndKeep } from "./keep.ts";
import type { Stage } from "./stage.ts";

/** Seconds per code: the second of two comes soon, and yet a busy machine has time to look, or to kill, before it is due. */
export const PERIOD = 12;

/** Opens the page that wants two consecutive codes, and keeps its account. */
export async function keepFromConsecutivePage(stage: Stage, account: string): Promise<Page> {
  const page = await stage.openEnrolment("consecutive", { account, period: String(PERIOD) });
  await scanAndKeep(stage.browser, page);
  return page;
}

/** Milliseconds. */
export const untilNextStep = (): number => PERIOD * 1000 - (Date.now() % (PERIOD * 1000));

/** Waits for the first quarter of a step, so that most of it is left. */
export async function earlyInStep(page: Page): Promise<void> {
  if (untilNextStep() < PERIOD * 750) await page.waitForTimeout(untilNextStep());
}
