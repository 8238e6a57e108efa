import { Dexie } from "dexie";
import { describe, expect, it } from "vitest";
import { commitAhead } from "../../../extension/vault/commit.ts";
import { db } from "../../../extension/vault/db.ts";
import {
  addEntries,
  changeEntry,
  moveEntry,
  readEntry,
  readIndex,
  recordUse,
  setPinned,
} from "../../../extension/vault/entries.ts";
import { advanceHotp } from "../../../extension/vault/hotp.ts";
import { entryOf, sealRow } from "../../../extension/vault/stored-row.ts";
import { moveToTrash } from "../../../extension/vault/trash.ts";
import { createVault, setFirstPassphrase } from "../../../extension/vault/unlock.ts";
import { draft, hotpDraft } from "./drafts.ts";
import { readRows, startWithoutVault } from "./fresh-vault.ts";
import type { WorkerAnswer, WorkerTask } from "./vault-worker.ts";

startWithoutVault();

describe("writes at the same time", () => {
  it("are all there afterwards, a hundred of them", async () => {
    await createVault();
    const [first = ""] = await addEntries([draft(0)], { now: 1 });
    const writes = Array.from({ length: 100 }, (_, number): Promise<unknown> => {
      if (number % 4 === 0) return recordUse(first, number);
      if (number % 4 === 1) return setPinned(first, number % 8 === 1);
      return addEntries([draft(number)], { now: 1 });
    });
    await Promise.all(writes);
    expect((await readRows()).size).toBe(51);
    const index = await readIndex();
    expect(index).toHaveLength(51);
    expect(index.find(({ id }) => id === first)?.uses).toBe(25);
    expect(new Set(index.map(({ order }) => order)).size).toBe(51);
  });

  it("from three connections are all there, each seen by the others", async () => {
    await createVault();
    const workers = [startWorker(), startWorker()];
    const added = workers.map((worker, at) => worker.ask({ kind: "add", from: 1000 * (at + 1), count: 25 }));
    const here = Promise.all(
      Array.from({ length: 25 }, (_, number) => addEntries([draft(number)], { now: 1 })),
    );
    const ids = [...(await here).flat(), ...(await Promise.all(added)).flat()];
    expect(new Set(ids).size).toBe(75);
    expect((await readIndex()).map(({ id }) => id).sort()).toEqual(ids.sort());
    expect((await readRows()).size).toBe(75);
    for (const worker of workers) worker.kill();
  });

  it("that come between the two looks of a writer are seen by it", async () => {
    await createVault();
    const [a = ""] = await addEntries([draft(1)], { now: 1 });
    const dump = () =>
      Promise.all([db.vault.get("vault"), db.index.toArray(), db.entries.toArray()] as const);
    const put = ([vault, index, entries]: Awaited<ReturnType<typeof dump>>) =>
      db.transaction("rw", [db.vault, db.index, db.entries], async () => {
        if (vault) await db.vault.put(vault);
        await db.index.bulkPut(index);
        await db.entries.bulkPut(entries);
      });
    const former = await dump();
    await changeEntry(a, { issuer: "Changed" });
    const latter = await dump();
    // What this page wrote last is not what is stored, so that it looks twice.
    await put(former);
    let looks = 0;
    const between: Promise<unknown>[] = [];
    const read = async () => {
      if (looks++ === 0) between.push(Dexie.ignoreTransaction(() => put(latter)));
    };
    const issuer = await commitAhead({ ids: [a], tables: [], read }, async (view) => {
      const row = (await view.open([a])).get(a);
      const entry = row?.ok ? entryOf(row.value) : null;
      return { result: entry?.ok ? entry.value.issuer : null };
    });
    await Promise.all(between);
    expect(issuer).toBe("Changed");
    expect(looks).toBe(2);
  });

  it("to different parts of one entry are all kept", async () => {
    await createVault();
    const [a = "", b = ""] = await addEntries([draft(1), draft(2)], { now: 1 });
    await Promise.all([
      changeEntry(a, { issuer: "Changed" }),
      setPinned(a, true),
      moveEntry(a, { before: null }),
      changeEntry(a, { note: "noted" }),
      recordUse(a, 5),
      moveToTrash([b], 7),
      changeEntry(a, { tags: ["x"] }),
    ]);
    expect(await readEntry(a)).toMatchObject({ value: { issuer: "Changed", note: "noted", tags: ["x"] } });
    expect(
      (await readIndex()).map(({ id, pinned, uses, deletedAt }) => [id, pinned, uses, deletedAt]),
    ).toEqual([
      [b, false, 0, 7],
      [a, true, 1, null],
    ]);
  });

  it("while the first passphrase is set are neither lost nor left under the old key", async () => {
    await createVault();
    const adds = Array.from({ length: 20 }, (_, number) => addEntries([draft(number)], { now: 1 }));
    const set = setFirstPassphrase("correct horse");
    const more = Array.from({ length: 20 }, (_, number) => addEntries([draft(100 + number)], { now: 1 }));
    await Promise.all([...adds, set, ...more]);
    expect((await readRows()).size).toBe(40);
    expect(await readIndex()).toHaveLength(40);
  });

  it("by a writer that holds no lock make the others plan again instead of overwriting it", async () => {
    await createVault();
    const [a = ""] = await addEntries([draft(1)], { now: 1 });
    const { commit } = await import("../../../extension/vault/commit.ts");
    let plans = 0;
    await commit(async (view) => {
      const row = (await view.open([a])).get(a);
      if (!row?.ok) throw Error("the entry is there");
      // Somebody else writes between reading and writing, the first time only.
      if (plans++ === 0) {
        const vault = await db.vault.get("vault");
        if (!vault) throw Error("the vault is there");
        const rev = vault.rev + 1;
        await db.entries.put(await sealRow(view.key, a, rev, { ...row.value, order: 42 }));
        await db.vault.put({ ...vault, rev });
      }
      return { result: undefined, rows: new Map([[a, { ...row.value, pinned: true }]]) };
    });
    expect(plans).toBe(2);
    expect(await readIndex()).toMatchObject([{ id: a, pinned: true, order: 42 }]);
  });
});

describe("a counter", () => {
  it("never gives a code twice though workers die in the middle, and loses at most one for each that does", async () => {
    await createVault();
    const [id = ""] = await addEntries([hotpDraft(1)], { now: 1 });
    const counters: number[] = [];
    const deaths = 8;
    for (let death = 0; death < deaths; death++) {
      const worker = startWorker();
      await worker.pressUntil(id, `worker ${death}`, 3 + death, (counter) => counters.push(counter));
      worker.kill();
      const here = await advanceHotp(id, `here ${death}`);
      if (here.ok) counters.push(here.value.counter);
    }
    expect(new Set(counters).size).toBe(counters.length);
    const entry = await readEntry(id);
    const used = entry.ok ? (entry.value.counter ?? 0) : 0;
    expect(used - counters.length).toBeGreaterThanOrEqual(0);
    expect(used - counters.length).toBeLessThanOrEqual(deaths);
  });
});

function startWorker() {
  const worker = new Worker(new URL("./vault-worker.ts", import.meta.url), { type: "module" });
  const send = (task: WorkerTask) => worker.postMessage(task);
  return {
    kill: () => worker.terminate(),
    ask: (task: WorkerTask) =>
      new Promise<readonly string[]>((resolve, reject) => {
        worker.onerror = (error) => reject(Error(error.message));
        worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
          if (data.kind === "added") resolve(data.ids);
        };
        send(task);
      }),
    /** Lets the worker press again and again; comes back, with the worker still pressing, after so many codes. */
    pressUntil: (id: string, name: string, codes: number, onCode: (counter: number) => void) =>
      new Promise<void>((resolve, reject) => {
        let heard = 0;
        worker.onerror = (error) => reject(Error(error.message));
        worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
          if (data.kind !== "code") return;
          onCode(data.counter);
          if (++heard === codes) resolve();
        };
        send({ kind: "press-for-ever", id, name });
      }),
  };
}
