import { expect, test, vi } from "vitest";
import { db } from "../../../extension/vault/db.ts";
import { readIndex } from "../../../extension/vault/entries.ts";
import { lock } from "../../../extension/vault/lock.ts";
import { changeSettings } from "../../../extension/vault/settings.ts";
import { rebuildIndex } from "../../../extension/vault/stored-index.ts";
import {
  changePassphrase,
  createVault,
  setFirstPassphrase,
  unlock,
} from "../../../extension/vault/unlock.ts";
import { requireVaultKey } from "../../../extension/vault/vault-key.ts";
import { type Entry, parseEntry } from "../../../shared/otp/entry.ts";
import { formatTable } from "../../bench/table.ts";
import { failWritesFrom } from "./failing-store.ts";
import { readRows, startWithoutVault } from "./fresh-vault.ts";
import { type Step, StepMaker } from "./model-steps.ts";
import { Random } from "./random.ts";
import { VaultModel } from "./vault-model.ts";
import type { WorkerAnswer, WorkerTask } from "./vault-worker.ts";

const STEPS_WITHOUT_PASSPHRASE = 1_500;
const STEPS_WITH_PASSPHRASE = 1_500;

startWithoutVault();

const random = new Random(Date.now() % 2 ** 32);
const model = new VaultModel();
const steps = new StepMaker(random, model);
const counts = new Map<string, number>();
const counted = (what: string, by = 1) => counts.set(what, (counts.get(what) ?? 0) + by);

test("thousands of operations leave in the vault what they leave in plain memory", async () => {
  const started = performance.now();
  await createVault();
  try {
    for (let at = 0; at < STEPS_WITHOUT_PASSPHRASE; at++) {
      await anyTurn();
      if (at % 50 === 49) await besideAnotherPage();
      if (at % 100 === 99) await compareEntries();
    }
    await setFirstPassphrase(passphrase);
    await changeSettings({ lockMinutes: null });
    for (let at = 0; at < STEPS_WITH_PASSPHRASE; at++) {
      await anyTurn();
      if (at % 100 === 49) await lockAndUnlock();
      if (at % 250 === 249) await otherPassphrase();
      if (at % 100 === 99) await compareEntries();
    }
    await compareEntries();
  } catch (error) {
    throw Error(`seed ${random.seed}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
  const rows = [...counts].sort().map(([what, count]) => [what, count.toLocaleString("en")]);
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(
    formatTable(`The vault beside a model, seed ${random.seed}, ${seconds} s`, ["what", "times"], rows),
  );
  expect(counts.get("write refused, nothing changed")).toBeGreaterThan(20);
  expect(counts.get("restore backup")).toBeGreaterThan(20);
});

/** One step, or several asked at the same time, or one whose writes are refused somewhere. */
async function anyTurn(): Promise<void> {
  const part = random.next();
  if (part < 0.15) await severalAtOnce(2 + random.below(5));
  else if (part < 0.3) await refused();
  else await take(steps.next());
  await compareIndex();
}

async function take(step: Step): Promise<void> {
  const answer = await step.ask();
  step.expect(answer);
  counted(step.kind);
}

async function severalAtOnce(count: number): Promise<void> {
  const batch = Array.from({ length: count }, () => steps.next()).filter(({ isPlain }) => isPlain);
  const answers = await Promise.all(batch.map(({ ask }) => ask()));
  for (const [at, step] of batch.entries()) {
    step.expect(answers[at]);
    counted(step.kind);
  }
  counted("several at the same time");
}

async function refused(): Promise<void> {
  const step = steps.next();
  const failing = failWritesFrom(1 + random.below(6));
  // Dexie tells the console of what it passes on as well.
  const quiet = vi.spyOn(console, "trace").mockImplementation(() => {});
  const outcome = await step.ask().then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );
  failing.stop();
  quiet.mockRestore();
  if ("answer" in outcome) {
    step.expect(outcome.answer);
    counted(step.kind);
    return;
  }
  expect(failing.hasFailed(), String(outcome.error)).toBe(true);
  counted("write refused, nothing changed");
}

/** Adds from here and from a second connection at the same time; every second time that one dies in the middle. */
async function besideAnotherPage(): Promise<void> {
  const from = 100_000 + 100 * (counts.get("second connection") ?? 0);
  const worker = new Worker(new URL("./vault-worker.ts", import.meta.url), { type: "module" });
  const task: WorkerTask = { kind: "add", from, count: 10 };
  const added = new Promise<readonly string[]>((resolve, reject) => {
    worker.onerror = ({ message }) => reject(Error(message));
    worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) =>
      resolve(data.kind === "added" ? data.ids : []);
  });
  worker.postMessage(task);
  const dies = random.below(2) === 0;
  await severalAtOnce(4);
  if (dies) await new Promise((resolve) => setTimeout(resolve, random.below(150)));
  const ids = dies ? null : await added;
  worker.terminate();
  await takeOverForeign(ids, from);
  counted("second connection");
  if (dies) counted("second connection died");
}

/** Rows that the model doesn't know must be whole ones that the other connection was to add, each once. */
async function takeOverForeign(acknowledged: readonly string[] | null, from: number): Promise<void> {
  const own = (await readIndex()).filter(({ id }) => model.rows.has(id));
  expect(own.map(({ id }) => id)).toEqual(model.sequence());
  model.adoptOrders(new Map(own.map(({ id, order }) => [id, order])));
  const rows = await readRows();
  const foreign = [...rows].filter(([id]) => !model.rows.has(id));
  const numbers = foreign.map(([, { entry }]) => Number(/^Issuer (\d+)$/.exec(entryOf(entry).issuer)?.[1]));
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const number of numbers) expect(number >= from && number < from + 10, `entry ${number}`).toBe(true);
  if (acknowledged) expect(foreign.map(([id]) => id).sort()).toEqual([...acknowledged].sort());
  for (const [id, { entry, order, pinned }] of foreign) {
    expect(pinned).toBe(false);
    model.addForeign(id, entryOf(entry), order);
  }
  await compareIndex();
}

function entryOf(json: unknown): Entry {
  const entry = parseEntry(json);
  if (!entry.ok) throw Error(`an entry is ${entry.error}`);
  return entry.value;
}

let passphrase = "alice keeps four random words";

async function lockAndUnlock(): Promise<void> {
  await lock("by-hand");
  const outcome = await steps
    .next()
    .ask()
    .then(
      (answer) => answer,
      (error: Error) => error.name,
    );
  expect(["VaultLockedError", { ok: false, error: "locked" }]).toContainEqual(outcome);
  await expect(readIndex()).rejects.toThrow("locked");
  expect(await unlock("bob guesses")).toEqual({ ok: false, error: "wrong-passphrase" });
  expect(await unlock(passphrase)).toEqual({ ok: true, value: undefined });
  await compareIndex();
  counted("locked and unlocked");
}

async function otherPassphrase(): Promise<void> {
  const next = `alice now keeps ${random.below(1e6)}`;
  expect(await changePassphrase("bob guesses", next)).toEqual({ ok: false, error: "wrong-passphrase" });
  const writing = severalAtOnce(4);
  expect(await changePassphrase(passphrase, next)).toEqual({ ok: true, value: undefined });
  await writing;
  const former = passphrase;
  passphrase = next;
  expect(await unlock(former)).toEqual({ ok: false, error: "wrong-passphrase" });
  await compareIndex();
  counted("passphrase changed");
}

/** The index says what the model says, in its sequence. */
async function compareIndex(): Promise<void> {
  const index = await readIndex();
  expect(index.map(({ id }) => id)).toEqual(model.sequence());
  model.adoptOrders(new Map(index.map(({ id, order }) => [id, order])));
  for (const { fingerprint, problem, ...row } of index) {
    const { entry, pinned, order, uses, lastUsedAt } = model.rows.get(row.id)!;
    const { type, issuer, account, sites, tags, digits, period, deletedAt, secretSetAt } = entry;
    const shown = { type, issuer, account, sites, tags, digits, period, deletedAt, secretSetAt };
    expect(row).toEqual({ id: row.id, ...shown, pinned, order, uses, lastUsedAt });
    expect(problem).toBeNull();
    expect(fingerprint).not.toBeNull();
  }
}

/** Every entry, decrypted, is the model's to the last field; and the index is what would be derived from them. */
async function compareEntries(): Promise<void> {
  const rows = await readRows();
  expect([...rows.keys()].sort()).toEqual([...model.rows.keys()].sort());
  for (const [id, { entry, pinned }] of rows) {
    expect({ entry, pinned }).toEqual({
      entry: model.rows.get(id)?.entry,
      pinned: model.rows.get(id)?.pinned,
    });
  }
  const index = await readIndex();
  const derived = await rebuildIndex(await requireVaultKey(), await db.entries.toArray(), index);
  const byId = (all: typeof index) => [...all].sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(byId(index)).toEqual(byId(derived));
  counted("all entries compared");
}
