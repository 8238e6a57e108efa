import * as z from "zod/mini";
import { codeAt, DEFAULT_PERIOD } from "../../shared/otp/code.ts";
import { setAlarm } from "../platform/alarms.ts";
import { browser } from "../platform/browser.ts";
import { sessionItem } from "../platform/session-storage.ts";
import { readEntry } from "../vault/entries.ts";
import { advanceHotp } from "../vault/hotp.ts";
import { fillFrame } from "./frame-scripts.ts";

/** The alarm that finishes a job whose worker died before it was due. */
export const SECOND_CODE_ALARM = "second-code";

const jobSchema = z.object({
  id: z.string(),
  tabId: z.int(),
  frameId: z.int(),
  documentId: z.nullable(z.string()),
  entryId: z.string(),
  /** Milliseconds since 1970 UTC: the step of the second code begins. */
  dueAt: z.number(),
  /** As in URL.host. */
  host: z.string(),
  pressId: z.string(),
});

/** A second code to be filled once its time has come. */
export type SecondCodeJob = z.infer<typeof jobSchema>;

const outcomeSchema = z.object({
  tabId: z.int(),
  frameId: z.int(),
  entryId: z.string(),
  at: z.number(),
  kind: z.enum(["filled", "locked", "moved-on", "too-late", "not-empty", "did-not-stick", "no-code"]),
});

/** What became of a second code. */
export type SecondCodeOutcome = z.infer<typeof outcomeSchema>;

const jobsItem = sessionItem("second-code-jobs", z.array(jobSchema));
const outcomeItem = sessionItem("second-code-outcome", outcomeSchema);
const LOCK = "countersign-second-code";

/** A code is filled a moment after its step began: the site's clock may be that much behind ours (milliseconds). */
const AFTER_STEP_MS = 250;
/** Two periods after it was due a code is refused by most verifiers; typing it would only confuse. */
const PERIODS_TOO_LATE = 2;
/** A worker without work ends after 30 s; a call of an extension API starts that time anew. */
const KEEP_ALIVE_MS = 20_000;

/** Stores a job; the worker, woken by the change, does it when it is due. */
export async function addSecondCodeJob(job: SecondCodeJob): Promise<void> {
  await navigator.locks.request(LOCK, async () => {
    const jobs = [...((await jobsItem.get()) ?? []), job];
    await jobsItem.set(jobs);
    await setBackstop(jobs);
  });
}

/** The alarm rings for whoever is due first; at that time all are looked at again. */
async function setBackstop(jobs: readonly SecondCodeJob[]): Promise<void> {
  if (jobs.length === 0) return;
  await setAlarm(SECOND_CODE_ALARM, Math.min(...jobs.map(({ dueAt }) => dueAt)) + AFTER_STEP_MS);
}

type MayCount = (job: SecondCodeJob) => Promise<boolean>;

const waiting = new Set<string>();
let isWatching = false;

/**
 * Does every job that is due and waits for the others. To be called synchronously when the worker starts, so that a
 * job stored by the popup wakes it, and on SECOND_CODE_ALARM.
 *
 * @param mayCount whether a counted code may be taken here
 * @returns when all jobs known now are done
 */
export async function resumeSecondCodeJobs(mayCount: MayCount): Promise<void> {
  if (!isWatching) {
    isWatching = true;
    jobsItem.watch((jobs) => {
      if (jobs !== null && jobs.length > 0) void resumeSecondCodeJobs(mayCount);
    });
  }
  const jobs = (await jobsItem.get()) ?? [];
  await Promise.all(jobs.filter((job) => !waiting.has(job.id)).map((job) => waitAndDo(job, mayCount)));
}

/** Calls back with what became of each second code. @returns stops watching */
export function watchSecondCodeOutcome(onOutcome: (outcome: SecondCodeOutcome) => void): () => void {
  return outcomeItem.watch((outcome) => {
    if (outcome !== null) onOutcome(outcome);
  });
}

async function waitAndDo(job: SecondCodeJob, mayCount: MayCount): Promise<void> {
  waiting.add(job.id);
  try {
    for (let rest = restOf(job); rest > 0; rest = restOf(job)) {
      await new Promise((done) => setTimeout(done, Math.min(rest, KEEP_ALIVE_MS)));
      await browser.runtime.getPlatformInfo();
    }
    if (!(await claim(job))) return;
    const { tabId, frameId, entryId } = job;
    await outcomeItem.set({ tabId, frameId, entryId, at: Date.now(), kind: await doJob(job, mayCount) });
  } finally {
    waiting.delete(job.id);
  }
}

function restOf(job: SecondCodeJob): number {
  return job.dueAt + AFTER_STEP_MS - Date.now();
}

/** Takes the job off the list first: whoever dies afterwards fills nothing, and nobody fills twice. */
async function claim(job: SecondCodeJob): Promise<boolean> {
  return navigator.locks.request(LOCK, async () => {
    const jobs = (await jobsItem.get()) ?? [];
    const rest = jobs.filter(({ id }) => id !== job.id);
    if (rest.length === jobs.length) return false;
    await jobsItem.set(rest);
    await setBackstop(rest);
    return true;
  });
}

async function doJob(job: SecondCodeJob, mayCount: MayCount): Promise<SecondCodeOutcome["kind"]> {
  const entry = await readEntry(job.entryId);
  if (!entry.ok) return entry.error === "locked" ? "locked" : "no-code";
  const periodMs = (entry.value.period ?? DEFAULT_PERIOD) * 1000;
  if (Date.now() > job.dueAt + PERIODS_TOO_LATE * periodMs) return "too-late";
  // The step after the first code's, whatever the clock says by now: the site wants codes that follow each other.
  if (entry.value.type === "hotp" && !(await mayCount(job))) return "no-code";
  const code = entry.value.type === "hotp" ? await hotpCode(job) : codeAt(entry.value, job.dueAt);
  if (!code.ok) return code.error === "locked" ? "locked" : "no-code";
  const filled = await fillFrame(job, code.value, "second", job.host);
  switch (filled.kind) {
    case "filled":
    case "did-not-stick":
    case "not-empty":
      return filled.kind;
    case "does-not-fit":
    case "refused-field":
      return "did-not-stick";
    case "gone":
    case "moved":
    case "no-field":
    case "unsure":
      return "moved-on";
  }
}

async function hotpCode(job: SecondCodeJob) {
  const advanced = await advanceHotp(job.entryId, job.pressId);
  return advanced.ok ? { ok: true as const, value: advanced.value.code } : advanced;
}
