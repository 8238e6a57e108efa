import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { FORMATS } from "../../shared/formats/index.ts";
import { BOMBS } from "./bombs.ts";
import type { Done, Task } from "./child.ts";

/** What came of the runs of one format, or of one bomb. */
export type Tally = {
  readonly name: string;
  readonly runs: number;
  /** Runs that gave entries: the inputs were not all broken. */
  readonly accepted: number;
  /** How to run it again, and what was wrong. */
  readonly faults: readonly string[];
  /** Milliseconds of the processor. */
  readonly worked: number;
};

/** Megabytes of JavaScript's own memory in which every file has to be read. */
const HEAP = 256;
/** Milliseconds of the processor for one file. */
const WORK_LIMIT = 10_000;
/** Milliseconds by the clock, after which it hangs: on a machine with much else to do, several times as long. */
const TIME_LIMIT = 60_000;
/** To load every reader, on a busy machine. */
const LOADING_TIME = 60_000;
/** Runs that are asked for at once; where they don't end well, each is run by itself. */
const BATCH = 50;

/**
 * Runs each format's reader on broken samples, in a process of its own with little memory, which is ended and started anew
 * where it hangs or dies.
 *
 * @param runs for each format, with the seeds from `from` on
 * @param formats ids; all by default
 */
export async function fuzzFormats({
  runs,
  from = 1,
  formats = FORMATS.map(({ id }) => id),
}: {
  readonly runs: number;
  readonly from?: number;
  readonly formats?: readonly string[];
}): Promise<Tally[]> {
  return inChildren(async (ask) => {
    const tallies: Tally[] = [];
    for (const format of formats) {
      const faults: string[] = [];
      let [accepted, worked] = [0, 0];
      for (let at = from; at < from + runs; at += BATCH) {
        const task = { format, from: at, count: Math.min(BATCH, from + runs - at) };
        const done = await inTime(ask, task);
        accepted += done.accepted;
        worked += done.worked;
        faults.push(...done.faults.map(({ seed, why }) => `--format ${format} --from ${seed}: ${why}`));
      }
      tallies.push({ name: format, runs, accepted, faults, worked });
    }
    return tallies;
  });
}

/** Reads each of the files that were made to do harm, in such a process. */
export async function fuzzBombs(names: readonly string[] = Object.keys(BOMBS)): Promise<Tally[]> {
  return inChildren(async (ask) => {
    const tallies: Tally[] = [];
    for (const name of names) {
      const done = await ask({ bomb: name });
      const faults = typeof done === "string" ? [done] : done.faults.map(({ why }) => why);
      const worked = typeof done === "string" ? 0 : done.worked;
      if (worked > WORK_LIMIT) faults.push(`took ${worked} ms`);
      tallies.push({
        name,
        runs: 1,
        accepted: 0,
        faults: faults.map((why) => `${name}: ${why}`),
        worked,
      });
    }
    return tallies;
  });
}

/** What a child made of a task; in words, where it hung or died. */
type Ask = (task: Task) => Promise<Done | string>;

async function inTime(ask: Ask, task: Extract<Task, { format: string }>): Promise<Done> {
  const whole = await ask(task);
  if (typeof whole !== "string" && whole.worked <= WORK_LIMIT) return whole;
  if (task.count === 1) {
    const why = typeof whole === "string" ? whole : `took ${whole.worked} ms`;
    return { accepted: 0, faults: [{ seed: task.from, why }], worked: 0 };
  }
  const each: Done[] = [];
  for (let seed = task.from; seed < task.from + task.count; seed++) {
    each.push(await inTime(ask, { ...task, from: seed, count: 1 }));
  }
  return {
    accepted: each.reduce((sum, { accepted }) => sum + accepted, 0),
    faults: each.flatMap(({ faults }) => faults),
    worked: each.reduce((sum, { worked }) => sum + worked, 0),
  };
}

async function inChildren<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
  let child: ChildProcess | null = null;
  const end = () => {
    child?.kill("SIGKILL");
    child = null;
  };
  try {
    return await work(async (task) => {
      child ??= await startChild();
      const answer = await answerOf(child, TIME_LIMIT, () => child?.send(task));
      if (typeof answer === "string") end();
      return answer;
    });
  } finally {
    end();
  }
}

async function startChild(): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL("./child.ts", import.meta.url)), {
    execArgv: [`--max-old-space-size=${HEAP}`],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const answer = await answerOf(child, LOADING_TIME, () => {});
  if (answer !== "ready") {
    child.kill("SIGKILL");
    throw Error(`the readers could not be loaded: ${JSON.stringify(answer)}`);
  }
  return child;
}

/** The next message of a child; in words, why there is none. */
function answerOf(child: ChildProcess, limit: number, start: () => void): Promise<Done | string> {
  return new Promise((resolve) => {
    const settle = (answer: Done | string) => {
      clearTimeout(timer);
      child.removeAllListeners();
      resolve(answer);
    };
    const timer = setTimeout(() => settle(`not done after ${limit / 1000} s`), limit);
    child.once("message", (message) => settle(message as Done | string));
    child.once("exit", (code, signal) =>
      settle(`the process ended (${signal ?? code}): out of memory, most likely`),
    );
    start();
  });
}
