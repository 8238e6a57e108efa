import type { Session } from "../browser/devtools.ts";
import { pause } from "../browser/patience.ts";
import { formatTable } from "../table.ts";
import type { BenchBrowser } from "./bench-browser.ts";

const TURNS = 2;
const TURN_MS = 10_000;
/** Until then a popup still does what opening it began. */
const SETTLED_MS = 3_000;

/** What an open popup costs, in milliseconds of processor time for each second that it is open. */
export type OpenCost = {
  /** The main thread's tasks, scripts among them. */
  readonly tasks: number;
  readonly scripts: number;
  /** All threads of the page's process: what is drawn, too. */
  readonly process: number;
  /** Bytes of JavaScript objects after a collection. */
  readonly heap: number;
};
export type OpenCosts = ReadonlyMap<number | "empty", OpenCost>;

/** Leaves popups open for a while, by turns. */
export async function measureOpenCosts(
  browser: BenchBrowser,
  entryCounts: readonly number[],
): Promise<OpenCosts> {
  const turns = new Map<number | "empty", OpenCost[]>();
  for (let turn = 0; turn < TURNS; turn++) {
    for (const kind of ["empty", ...entryCounts] as const) {
      const id = kind === "empty" ? browser.emptyId : browser.idsByCount.get(kind);
      if (id === undefined) throw Error(`no popup has ${kind} entries`);
      const popup = await browser.open("popup", id);
      await popup.firstCode;
      await pause(SETTLED_MS);
      turns.set(kind, [...(turns.get(kind) ?? []), await measureCost(popup.session)]);
      await popup.close();
    }
  }
  return new Map(
    [...turns].map(([kind, costs]) => {
      const mean = (name: keyof OpenCost) => costs.reduce((sum, cost) => sum + cost[name], 0) / costs.length;
      return [
        kind,
        { tasks: mean("tasks"), scripts: mean("scripts"), process: mean("process"), heap: mean("heap") },
      ];
    }),
  );
}

export function openCostsTable(costs: OpenCosts): string {
  const perSecond = (ms: number) => `${ms.toFixed(2)} ms/s`;
  return formatTable(
    `An open popup, over ${(TURNS * TURN_MS) / 1000} s each: processor time per second, and memory`,
    ["entries", "main thread", "of it scripts", "whole process", "heap"],
    [...costs].map(([kind, cost]) => [
      kind === "empty" ? "empty extension" : kind.toLocaleString("en"),
      perSecond(cost.tasks),
      perSecond(cost.scripts),
      perSecond(cost.process),
      `${(cost.heap / 1e6).toFixed(2)} MB`,
    ]),
  );
}

async function measureCost(session: Session): Promise<OpenCost> {
  await session.send("Performance.enable");
  const before = await readMetrics(session);
  await pause(TURN_MS);
  const after = await readMetrics(session);
  const seconds = after("Timestamp") - before("Timestamp");
  const rate = (name: string) => ((after(name) - before(name)) * 1000) / seconds;
  await session.send("HeapProfiler.collectGarbage");
  const heap = (await readMetrics(session))("JSHeapUsedSize");
  return {
    tasks: rate("TaskDuration"),
    scripts: rate("ScriptDuration"),
    process: rate("ProcessTime"),
    heap,
  };
}

/** @returns the value of a metric by its name; times in seconds */
async function readMetrics(session: Session): Promise<(name: string) => number> {
  const { metrics } = await session.send("Performance.getMetrics");
  const byName = new Map(metrics.map(({ name, value }) => [name, value]));
  return (name) => {
    const value = byName.get(name);
    if (value === undefined) throw Error(`the browser has no metric ${name}`);
    return value;
  };
}
