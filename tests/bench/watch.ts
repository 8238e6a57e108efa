import type { Page } from "playwright-core";
import { type ExtensionBrowser, launchExtension } from "../support/extension.ts";
import { withPermittedCopy } from "../support/permitted-copy.ts";
import { waitUntil } from "./browser/patience.ts";
import { loadLine } from "./load.ts";
import type { BenchReport } from "./main.ts";
import { type Spread, spreadOf } from "./statistics.ts";
import { formatMs, formatRatio, formatTable } from "./table.ts";
import { startPages } from "./watch/pages.ts";

const ROUNDS = 7;
const ANIMATION_MS = 2_000;
const NODES = 10_000;
/** After a page has done what is measured, our script may still be waiting to look. */
const SETTLE_MS = 1_000;

/** The time of a page's main thread (milliseconds): all of it, and what was script. */
type Cost = { readonly task: number; readonly script: number };

const WORK = {
  "load of a page of 2,000 elements": (page: Page) => page.reload({ waitUntil: "load" }),
  "10,000 elements added": (page: Page) => page.evaluate("addNodes()"),
  "2 s of 200 moving elements and 10 fields that come and go": (page: Page) =>
    page.evaluate(`animate(${ANIMATION_MS})`),
} as const;
type Work = keyof typeof WORK;
const ADDING: Work = "10,000 elements added";

/**
 * What a site that fills by itself pays for it: the same page at two origins in one browser, one of them switched on,
 * measured in turn, so that whatever slows the machine slows both.
 */
export async function benchWatch(): Promise<BenchReport> {
  const pages = await startPages();
  try {
    return await withPermittedCopy(["http://127.0.0.1/*"], async (extensionPath) => {
      const browser = await launchExtension({ extensionPath });
      try {
        return await measure(browser, pages.origins);
      } finally {
        await browser.close();
      }
    });
  } finally {
    await pages.close();
  }
}

async function measure(
  browser: ExtensionBrowser,
  [watched, untouched]: readonly [string, string],
): Promise<BenchReport> {
  await switchOn(browser, watched);
  const costs = new Map<Work, { with: Cost[]; without: Cost[] }>();
  const withPage = await browser.openPage(watched);
  const withoutPage = await browser.openPage(untouched);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const work of Object.keys(WORK) as Work[]) {
      const pair = costs.get(work) ?? { with: [], without: [] };
      costs.set(work, pair);
      const inTurn = round % 2 === 0 ? (["with", "without"] as const) : (["without", "with"] as const);
      for (const side of inTurn) {
        const cost = await costOf(side === "with" ? withPage : withoutPage, WORK[work]);
        // The first round warms up.
        if (round > 0) pair[side].push(cost);
      }
    }
  }
  const worlds = { watched: await ourWorlds(withPage), untouched: await ourWorlds(withoutPage) };
  return report(costs, worlds);
}

type WorkerApi = {
  storage: { local: { set(items: object): Promise<void> } };
  scripting: { getRegisteredContentScripts(): Promise<unknown[]> };
};

/** Puts the origin on the list as the popup does; the worker registers the script for it. */
async function switchOn(browser: ExtensionBrowser, origin: string): Promise<void> {
  const worker = await browser.serviceWorker();
  await worker.evaluate(async (switchedOn) => {
    const { chrome } = globalThis as unknown as { chrome: WorkerApi };
    const site = { origin: switchedOn, entryId: "none", submit: false, addedAt: 0 };
    await chrome.storage.local.set({ "auto-sites": [site] });
  }, origin);
  await waitUntil("the script was not registered", () =>
    worker.evaluate(async () => {
      const { chrome } = globalThis as unknown as { chrome: WorkerApi };
      return (await chrome.scripting.getRegisteredContentScripts()).length === 1;
    }),
  );
}

async function costOf(page: Page, work: (page: Page) => Promise<unknown>): Promise<Cost> {
  await page.bringToFront();
  await page.evaluate("clear()");
  await page.waitForTimeout(SETTLE_MS);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  const read = async () => {
    const { metrics } = await cdp.send("Performance.getMetrics");
    const seconds = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
    return { task: seconds("TaskDuration") * 1000, script: seconds("ScriptDuration") * 1000 };
  };
  const before = await read();
  await work(page);
  await page.waitForTimeout(SETTLE_MS);
  const after = await read();
  await cdp.detach();
  return { task: after.task - before.task, script: after.script - before.script };
}

/** How many worlds of ours a page has: none where it is not on the list. */
async function ourWorlds(page: Page): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  let worlds = 0;
  cdp.on("Runtime.executionContextCreated", ({ context }) => {
    if (context.origin.startsWith("chrome-extension://")) worlds += 1;
  });
  await cdp.send("Runtime.enable");
  await cdp.detach();
  return worlds;
}

function report(
  costs: ReadonlyMap<Work, { with: Cost[]; without: Cost[] }>,
  worlds: { watched: number; untouched: number },
): BenchReport {
  const measured = [...costs].map(([work, pair]) => ({
    work,
    with: spreadsOf(pair.with),
    without: spreadsOf(pair.without),
    // Of each pair of neighbours in time: the load of the machine changes from one round to the next.
    more: spreadOf(pair.with.map(({ task }, at) => task - (pair.without[at]?.task ?? task))),
    moreScript: spreadOf(pair.with.map(({ script }, at) => script - (pair.without[at]?.script ?? script))),
  }));
  const adding = measured.find(({ work }) => work === ADDING);
  return {
    text: [
      loadLine(),
      formatTable(
        `Main thread of the page, medians of ${ROUNDS} rounds`,
        ["", "untouched", "switched on", "ratio", "more", "of it script"],
        measured.map((each) => [
          each.work,
          formatMs(each.without.task.median),
          formatMs(each.with.task.median),
          formatRatio(each.with.task.median, each.without.task.median),
          formatMs(each.more.median),
          formatMs(each.moreScript.median),
        ]),
      ),
      `For 1,000 changes of the page: ${formatMs((adding?.moreScript.median ?? 0) / (NODES / 1000))} of script more.`,
      `Worlds of ours in the page that is switched on: ${worlds.watched}; in the other: ${worlds.untouched}.`,
    ].join("\n"),
    numbers: { measured, worlds },
  };
}

function spreadsOf(costs: readonly Cost[]): { readonly task: Spread; readonly script: Spread } {
  return {
    task: spreadOf(costs.map(({ task }) => task)),
    script: spreadOf(costs.map(({ script }) => script)),
  };
}
