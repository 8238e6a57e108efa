import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { fillByEnter, submissionsOf, submit } from "./steps/fill.ts";
import { scanAndKeep } from "./steps/keep.ts";
import { openStage, type Stage } from "./steps/stage.ts";

let stage: Stage;

/** Seconds per code: the second of two comes soon, and yet a busy machine has time to look, or to kill, before it is due. */
const PERIOD = 12;

beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.clearTabs());
afterAll(() => stage?.close());

async function keepFromConsecutivePage(account: string): Promise<Page> {
  const page = await stage.openEnrolment("consecutive", { account, period: String(PERIOD) });
  await scanAndKeep(stage.browser, page);
  return page;
}

/** Writes down every value that the second field gets, from now on. */
function countFillings(page: Page): Promise<void> {
  return page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>("[name=code2]");
    field?.addEventListener("input", () => {
      if (field.value !== "")
        field.dataset.fillings = `${field.dataset.fillings ?? ""} ${field.value}`.trim();
    });
  });
}

async function fillings(page: Page): Promise<string[]> {
  return ((await page.getByLabel("MFA code 2").getAttribute("data-fillings")) ?? "")
    .split(" ")
    .filter(Boolean);
}

const untilNextStep = (): number => PERIOD * 1000 - (Date.now() % (PERIOD * 1000));

/** Waits for the first quarter of a step, so that most of it is left. */
async function earlyInStep(page: Page): Promise<void> {
  if (untilNextStep() < PERIOD * 750) await page.waitForTimeout(untilNextStep());
}

async function secondCode(page: Page): Promise<string> {
  const field = page.getByLabel("MFA code 2");
  await expect.poll(() => field.inputValue(), { timeout: (PERIOD + 5) * 1000, interval: 100 }).not.toBe("");
  return field.inputValue();
}

describe("a page that wants two consecutive codes", () => {
  test("gets the first at once and the second when it comes, and accepts both", async () => {
    const page = await keepFromConsecutivePage("alice@example.com");
    await earlyInStep(page);
    await fillByEnter(stage.browser, page, "alice@example.com");
    const first = await page.getByLabel("MFA code 1").inputValue();
    expect(first).toMatch(/^\d{6}$/);
    expect(await page.getByLabel("MFA code 2").inputValue()).toBe("");
    expect(await secondCode(page)).not.toBe(first);
    expect(await submissionsOf(page)).toBe(0);
    expect(await submit(page)).toBe("accepted");
  });

  test("gets the second exactly once where the worker dies several times and wakes again", async () => {
    const page = await keepFromConsecutivePage("alice+again@example.com");
    await countFillings(page);
    await earlyInStep(page);
    await fillByEnter(stage.browser, page, "alice+again@example.com");
    for (let time = 0; time < 3; time++) {
      await stage.browser.killWorker();
      await stage.browser.serviceWorker();
    }
    const second = await secondCode(page);
    await page.waitForTimeout(1_500);
    expect(await fillings(page)).toEqual([second]);
    expect(await submit(page)).toBe("accepted");
  });

  test("keeps what the person typed into the second field meanwhile", async () => {
    const page = await keepFromConsecutivePage("eve@example.com");
    await earlyInStep(page);
    await fillByEnter(stage.browser, page, "eve@example.com");
    await page.getByLabel("MFA code 2").fill("111111");
    await page.waitForTimeout(untilNextStep() + 1_500);
    expect(await page.getByLabel("MFA code 2").inputValue()).toBe("111111");
  });
});
