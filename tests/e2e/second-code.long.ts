import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { formatTable } from "../bench/table.ts";
import { fillByEnter, submit } from "./steps/fill.ts";
import { scanAndKeep } from "./steps/keep.ts";
import { openStage, type Stage } from "./steps/stage.ts";

/** The page that wants two consecutive codes, with periods as real services have them: a minute is a minute. */
const PERIODS = [30, 60] as const;

let stage: Stage;
const rows: string[][] = [];

beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.clearTabs());
afterAll(async () => {
  console.log(
    formatTable("Second codes", ["period", "worker", "came after", "into its step", "verdict"], rows),
  );
  await stage?.close();
});

type Waiting = {
  readonly page: Page;
  readonly period: number;
  readonly first: string;
  readonly since: number;
};

/** Enrols, keeps and fills the first code; both periods wait at the same time, each in a tab of its own. */
async function fillFirst(name: string): Promise<Waiting[]> {
  const pages: [number, string, Page][] = [];
  for (const period of PERIODS) {
    const account = `${name}+${period}@example.com`;
    const page = await stage.openEnrolment("consecutive", { account, period: String(period) });
    await scanAndKeep(stage.browser, page);
    pages.push([period, account, page]);
  }
  const waiting: Waiting[] = [];
  for (const [period, account, page] of pages) {
    // Too near to the end of a step, the popup would rather wait for the next one itself.
    const rest = period * 1000 - (Date.now() % (period * 1000));
    if (rest < 6_000) await page.waitForTimeout(rest + 500);
    await page.bringToFront();
    await fillByEnter(stage.browser, page, account);
    waiting.push({
      page,
      period,
      first: await page.getByLabel("MFA code 1").inputValue(),
      since: Date.now(),
    });
  }
  return waiting;
}

async function expectSecond({ page, period, first, since }: Waiting, worker: string): Promise<void> {
  expect(first).toMatch(/^\d{6}$/);
  const field = page.getByLabel("MFA code 2");
  const step = Math.floor(since / 1000 / period);
  await expect.poll(() => field.inputValue(), { timeout: (period + 35) * 1000, interval: 100 }).not.toBe("");
  const now = Date.now();
  expect(await field.inputValue()).not.toBe(first);
  await page.bringToFront();
  const verdict = await submit(page);
  const intoStep = (now - (step + 1) * period * 1000) / 1000;
  const seconds = (value: number) => `${value.toFixed(1)} s`;
  rows.push([`${period} s`, worker, seconds((now - since) / 1000), seconds(intoStep), verdict]);
  expect(verdict).toBe("accepted");
  // Soon enough for the person to send both before the second one ends as well.
  expect(intoStep).toBeLessThan(period / 2);
}

test("the second codes of 30 s and of 60 s come by themselves, each in its own tab", async () => {
  const waiting = await fillFirst("alice");
  for (const each of waiting) expect(await each.page.getByLabel("MFA code 2").inputValue()).toBe("");
  for (const each of waiting) await expectSecond(each, "runs");
});

test("they come though the worker is killed in between", async () => {
  const waiting = await fillFirst("bob");
  await stage.browser.killWorker();
  expect(await stage.browser.isWorkerRunning()).toBe(false);
  for (const each of waiting) await expectSecond(each, "killed");
});
