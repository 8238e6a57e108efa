import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { thoroughTest } from "../support/thorough.ts";
import { earlyInStep, keepFromConsecutivePage, PERIOD } from "./steps/consecutive.ts";
import { fillByEnter, submissionsOf, submit } from "./steps/fill.ts";
import { openStage, type Stage } from "./steps/stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.clearTabs());
afterAll(() => stage?.close());

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

async function secondCode(page: Page): Promise<string> {
  const field = page.getByLabel("MFA code 2");
  await expect.poll(() => field.inputValue(), { timeout: (PERIOD + 5) * 1000, interval: 100 }).not.toBe("");
  return field.inputValue();
}

describe("a page that wants two consecutive codes", () => {
  test("gets the first at once and the second when it comes, and accepts both", async () => {
    const page = await keepFromConsecutivePage(stage, "alice@example.com");
    await earlyInStep(page);
    await fillByEnter(stage.browser, page, "alice@example.com");
    const first = await page.getByLabel("MFA code 1").inputValue();
    expect(first).toMatch(/^\d{6}$/);
    expect(await page.getByLabel("MFA code 2").inputValue()).toBe("");
    expect(await secondCode(page)).not.toBe(first);
    expect(await submissionsOf(page)).toBe(0);
    expect(await submit(page)).toBe("accepted");
  });

  thoroughTest(
    "gets the second exactly once where the worker dies several times and wakes again",
    async () => {
      const page = await keepFromConsecutivePage(stage, "alice+again@example.com");
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
    },
  );
});
