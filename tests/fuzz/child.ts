import type { Bytes } from "../../shared/bytes.ts";
import type { Format } from "../../shared/formats/format.ts";
import { FORMATS } from "../../shared/formats/index.ts";
import { openFile } from "../../shared/formats/parts/file-content.ts";
import { readFile } from "../../shared/formats/read-file.ts";
import { BOMBS } from "./bombs.ts";
import { faultOf } from "./check-outcome.ts";
import { mutated } from "./mutate.ts";
import { randomOf } from "./random.ts";
import { samplesByFormat } from "./samples.ts";

/** Runs of a format's reader with the seeds from `from` on, or one bomb by its name. */
export type Task =
  | { readonly format: string; readonly from: number; readonly count: number }
  | { readonly bomb: string };

export type Done = {
  /** Milliseconds of the processor, so that a busy machine is no fault of the reader. */
  readonly worked: number;
  /** How many of the runs gave entries. */
  readonly accepted: number;
  readonly faults: readonly { readonly seed: number; readonly why: string }[];
};

/** One run in so many is of one of our own fixtures, with the passphrase that opens it. */
const PASSPHRASE_EVERY = 25;
/** One in so many goes through everything, archives and recognition included. */
const WHOLE_EVERY = 10;
/** Of bombs, which nothing opens. */
const PASSPHRASE = "test";

const samples = await samplesByFormat();

async function runSeed(id: string, seed: number): Promise<{ isAccepted: boolean; why: string | null }> {
  const format = FORMATS.find((candidate) => candidate.id === id);
  const random = randomOf(seed * FORMATS.length + FORMATS.findIndex((candidate) => candidate.id === id));
  const { own = [], all = [] } = samples.get(id) ?? {};
  const sealed = seed % PASSPHRASE_EVERY === 0 ? random.pick(own) : null;
  const passphrase = sealed?.passphrase ?? null;
  const bytes = mutated(sealed?.bytes ?? random.pick(all), random);
  if (format === undefined) throw Error(`no format is called ${id}`);
  try {
    const file = await openFile(bytes);
    for (const { recognise } of FORMATS) recognise(file);
    // The reader gets what is not its own, too: nothing may depend on what recognised it.
    const outcome = await (format as Format).read(file, passphrase);
    const whole = seed % WHOLE_EVERY === 0 ? await readFile(bytes, passphrase) : null;
    const why = faultOf(outcome) ?? (whole === null ? null : faultOf(whole));
    return { isAccepted: outcome.ok && outcome.value.entries.length > 0, why };
  } catch (error) {
    return { isAccepted: false, why: thrown(error) };
  }
}

async function runBomb(bytes: Bytes): Promise<string | null> {
  try {
    const read = await readFile(bytes, null);
    const isLocked = !read.ok && read.error.reason === "passphrase-needed";
    return faultOf(isLocked ? await readFile(bytes, PASSPHRASE) : read);
  } catch (error) {
    return thrown(error);
  }
}

function thrown(error: unknown): string {
  return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

async function done(task: Task): Promise<Done> {
  if ("bomb" in task) {
    const bytes = BOMBS[task.bomb]?.();
    if (bytes === undefined) throw Error(`no bomb is called ${task.bomb}`);
    const before = process.cpuUsage();
    const why = await runBomb(bytes);
    return { accepted: 0, faults: why === null ? [] : [{ seed: 0, why }], worked: workedSince(before) };
  }
  const faults: { seed: number; why: string }[] = [];
  let accepted = 0;
  const before = process.cpuUsage();
  for (let seed = task.from; seed < task.from + task.count; seed++) {
    const { isAccepted, why } = await runSeed(task.format, seed);
    if (isAccepted) accepted += 1;
    if (why !== null) faults.push({ seed, why });
  }
  return { accepted, faults, worked: workedSince(before) };
}

function workedSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

process.on("message", (task: Task) => {
  void done(task).then((result) => process.send?.(result));
});
process.send?.("ready");
