import { beforeEach, describe, expect, it } from "vitest";
import { fillEntry } from "../../../extension/autofill/handle.ts";
import {
  addSecondCodeJob,
  resumeSecondCodeJobs,
  SECOND_CODE_ALARM,
  type SecondCodeJob,
  type SecondCodeOutcome,
  watchSecondCodeOutcome,
} from "../../../extension/autofill/second-code.ts";
import { createVault } from "../../../extension/vault/create-vault.ts";
import { addEntries, readEntry } from "../../../extension/vault/entries.ts";
import { lock } from "../../../extension/vault/lock.ts";
import { setFirstPassphrase } from "../../../extension/vault/set-first-passphrase.ts";
import { codeAt } from "../../../shared/otp/code.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";
import { draft, hotpDraft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";
import { fakeTab, topFrame } from "./fake-tab.ts";

const HOST = "login.bank.example";

/** As the worker does for an entry that is nobody else's. */
const mayCount = async () => true;

startWithoutVault();
beforeEach(() => createVault());

async function keep(entry: ReturnType<typeof draft>): Promise<string> {
  const [id] = await addEntries([{ ...entry, sites: [HOST] }], { now: Date.now() });
  return id!;
}
function job(entryId: string, changes: Partial<SecondCodeJob> = {}): SecondCodeJob {
  return {
    id: crypto.randomUUID(),
    tabId: 1,
    frameId: 0,
    documentId: "document-1",
    entryId,
    dueAt: Date.now() - 300,
    host: HOST,
    pressId: "press/second",
    ...changes,
  };
}
function nextOutcome(): Promise<SecondCodeOutcome> {
  return new Promise((done) => {
    const stop = watchSecondCodeOutcome((outcome) => {
      stop();
      done(outcome);
    });
  });
}
async function codeOf(entryId: string, at: number): Promise<string> {
  const entry = await readEntry(entryId);
  if (!entry.ok) throw Error("the entry is gone");
  const code = codeAt(entry.value, at);
  if (!code.ok) throw Error("no code");
  return code.value;
}

describe("a page that wants two codes", () => {
  it("gets the second when its step has begun: the one that follows the first", async () => {
    const filled = fakeTab([topFrame({ codes: 2 })]);
    const id = await keep(draft(1, { period: 1 }));
    void resumeSecondCodeJobs(mayCount);
    const outcome = nextOutcome();
    const first = await fillEntry({
      tabId: 1,
      entryId: id,
      frameId: null,
      target: "detected",
      pressId: "p",
      now: Date.now(),
    });
    if (first.kind !== "filled" || first.more === null) throw Error("nothing more was planned");
    expect(await outcome).toMatchObject({ kind: "filled", tabId: 1, frameId: 0, entryId: id });
    expect(Date.now()).toBeGreaterThanOrEqual(first.more.dueAt);
    expect(filled).toEqual([
      [await codeOf(id, first.more.dueAt - 1), "detected", HOST],
      [await codeOf(id, first.more.dueAt), "second", HOST],
    ]);
  });

  it("sets an alarm for the day the worker dies", async () => {
    fakeTab([topFrame()]);
    const dueAt = Date.now() + 60_000;
    await addSecondCodeJob(job(await keep(draft(2)), { dueAt }));
    const alarm = fakeApi.alarms().find(({ name }) => name === SECOND_CODE_ALARM);
    expect(alarm?.scheduledTime).toBeGreaterThanOrEqual(dueAt);
  });

  it("gets the second once, however often the worker wakes", async () => {
    const filled = fakeTab([topFrame({ codes: 2 })]);
    const id = await keep(draft(3));
    await addSecondCodeJob(job(id));
    await Promise.all([
      resumeSecondCodeJobs(mayCount),
      resumeSecondCodeJobs(mayCount),
      resumeSecondCodeJobs(mayCount),
    ]);
    await resumeSecondCodeJobs(mayCount);
    expect(filled).toHaveLength(1);
  });

  it("gets the two next codes of an entry that counts", async () => {
    const filled = fakeTab([topFrame({ codes: 2 })]);
    const id = await keep(hotpDraft(4, 7));
    const outcome = nextOutcome();
    void resumeSecondCodeJobs(mayCount);
    await fillEntry({
      tabId: 1,
      entryId: id,
      frameId: null,
      target: "detected",
      pressId: "p",
      now: Date.now(),
    });
    await outcome;
    expect(filled.map(([code]) => code)).toHaveLength(2);
    expect(filled[0]?.[0]).not.toBe(filled[1]?.[0]);
    const entry = await readEntry(id);
    expect(entry.ok && entry.value.counter).toBe(9);
  });
});

describe("a second code is dropped, and that is said", () => {
  it.for([
    ["not-empty", { kind: "not-empty" }],
    ["moved-on", { kind: "moved" }],
    ["moved-on", { kind: "no-field" }],
    ["did-not-stick", { kind: "did-not-stick" }],
  ] as const)("as %s where the page answers %o", async ([kind, answer]) => {
    fakeTab([topFrame()], () => answer);
    const outcome = nextOutcome();
    await addSecondCodeJob(job(await keep(draft(5))));
    await resumeSecondCodeJobs(mayCount);
    expect(await outcome).toMatchObject({ kind });
  });

  it("where the tab has gone to another page", async () => {
    const filled = fakeTab([topFrame({ documentId: "document-2" })]);
    const outcome = nextOutcome();
    await addSecondCodeJob(job(await keep(draft(6))));
    await resumeSecondCodeJobs(mayCount);
    expect(await outcome).toMatchObject({ kind: "moved-on" });
    expect(filled).toEqual([]);
  });

  it("where the vault was locked meanwhile", async () => {
    const filled = fakeTab([topFrame()]);
    const id = await keep(draft(7));
    await setFirstPassphrase("correct horse battery staple");
    await addSecondCodeJob(job(id, { dueAt: Date.now() + 500 }));
    await lock("by-hand");
    const outcome = nextOutcome();
    await resumeSecondCodeJobs(mayCount);
    expect(await outcome).toMatchObject({ kind: "locked" });
    expect(filled).toEqual([]);
  });

  it("where two periods have passed", async () => {
    const filled = fakeTab([topFrame()]);
    const outcome = nextOutcome();
    await addSecondCodeJob(job(await keep(draft(8)), { dueAt: Date.now() - 61_000 }));
    await resumeSecondCodeJobs(mayCount);
    expect(await outcome).toMatchObject({ kind: "too-late" });
    expect(filled).toEqual([]);
  });
});
