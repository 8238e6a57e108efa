import { afterAll, beforeAll, expect, test } from "vitest";
import { earlyInStep, keepFromConsecutivePage, untilNextStep } from "./steps/consecutive.ts";
import { fillByEnter } from "./steps/fill.ts";
import { openStage, type Stage } from "./steps/stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

test("what the person typed into the second field meanwhile stays", async () => {
  const page = await keepFromConsecutivePage(stage, "eve@example.com");
  await earlyInStep(page);
  await fillByEnter(stage.browser, page, "eve@example.com");
  await page.getByLabel("MFA code 2").fill("111111");
  await page.waitForTimeout(untilNextStep() + 1_500);
  expect(await page.getByLabel("MFA code 2").inputValue()).toBe("111111");
});
