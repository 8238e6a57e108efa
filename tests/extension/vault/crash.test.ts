import type { Table } from "dexie";
import { afterEach, describe, expect, it, vi } from "vitest";
import { commit } from "../../../extension/vault/commit.ts";
import { db } from "../../../extension/vault/db.ts";
import {
  addEntries,
  changeEntry,
  moveEntry,
  readIndex,
  recordUse,
  setPinned,
} from "../../../extension/vault/entries.ts";
import { advanceHotp } from "../../../extension/vault/hotp.ts";
import { vaultState } from "../../../extension/vault/state.ts";
import { deleteForever, moveToTrash } from "../../../extension/vault/trash.ts";
import {
  createVault,
  createVaultWithPassphrase,
  setFirstPassphrase,
} from "../../../extension/vault/unlock.ts";
import { draft, hotpDraft } from "./drafts.ts";
import { dumpDatabase, readRows, startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();
afterEach(() => void vi.restoreAllMocks());

const CHANGES: Record<string, (ids: readonly [string, string]) => Promise<unknown>> = {
  "adding entries": () => addEntries([draft(8), draft(9)], { now: 2 }),
  "changing an entry": ([a]) => changeEntry(a, { issuer: "Changed" }),
  pinning: ([a]) => setPinned(a, true),
  moving: ([a, b]) => moveEntry(b, { before: a }),
  "counting a use": ([a]) => recordUse(a, 5),
  "a step of a counter": ([, b]) => advanceHotp(b, "press"),
  "moving to the trash": ([a]) => moveToTrash([a], 5),
  "deleting for ever": ([a]) => deleteForever([a]),
  "setting the first passphrase": () => setFirstPassphrase("correct horse"),
};

async function startWithTwo(): Promise<[string, string]> {
  await createVault();
  const [a = "", b = ""] = await addEntries([draft(1), hotpDraft(2)], { now: 1 });
  return [a, b];
}

/** Every write to every table fails from its nth on, as if the browser died there. */
function failFromWrite(nth: number): { failed: () => boolean } {
  let writes = 0;
  let failed = false;
  const methods = ["put", "bulkPut", "bulkDelete", "delete", "clear"] as const;
  // Inside a transaction Dexie hands out the same prototype's methods.
  const prototype: Table = Object.getPrototypeOf(db.entries);
  for (const method of methods) {
    const original = prototype[method] as (...args: unknown[]) => unknown;
    vi.spyOn(prototype, method).mockImplementation(function (this: unknown, ...args: unknown[]) {
      if (++writes < nth) return original.apply(this, args) as never;
      failed = true;
      throw Error("died here");
    } as never);
  }
  return { failed: () => failed };
}

describe.each(Object.keys(CHANGES))("%s", (name) => {
  it("that dies between any two of its writes leaves everything as it was", async () => {
    const ids = await startWithTwo();
    const before = await dumpDatabase();
    const index = await readIndex();
    for (let nth = 1; ; nth++) {
      const failing = failFromWrite(nth);
      const outcome = await CHANGES[name]?.(ids).then(
        () => "done",
        (error: unknown) => String(error),
      );
      vi.restoreAllMocks();
      if (!failing.failed()) {
        expect(outcome).toBe("done");
        expect(nth).toBeGreaterThan(2);
        break;
      }
      expect(outcome).toContain("died here");
      expect(await dumpDatabase()).toBe(before);
      expect(await readIndex()).toEqual(index);
    }
    expect(await dumpDatabase()).not.toBe(before);
    expect((await readIndex()).length).toBe((await readRows()).size);
  });
});

describe("a vault", () => {
  it.each([
    ["without a passphrase", () => createVault()],
    ["with one", () => createVaultWithPassphrase("correct horse")],
  ])("%s is there whole or not at all, wherever its making dies", async (_, create) => {
    for (let nth = 1; nth <= 3; nth++) {
      failFromWrite(nth);
      await expect(create()).rejects.toThrow("died here");
      vi.restoreAllMocks();
      expect(await vaultState()).toEqual({ kind: "none" });
    }
    await create();
    expect(await readIndex()).toEqual([]);
  });

  it("whose database is closed in the middle of many writes has each of them whole or not at all", async () => {
    await startWithTwo();
    const writes = Array.from({ length: 30 }, (_, number) => addEntries([draft(100 + number)], { now: 2 }));
    const settled = Promise.allSettled(writes);
    await writes[4];
    db.close();
    await db.open();
    const done = (await settled).flatMap((write) => (write.status === "fulfilled" ? write.value : []));
    const rows = await readRows();
    expect(done.length).toBeGreaterThanOrEqual(5);
    for (const id of done) expect(rows.has(id)).toBe(true);
    expect((await readIndex()).map(({ id }) => id).sort()).toEqual([...rows.keys()].sort());
  });
});

describe("what another room writes along", () => {
  it("is there with the entries, or neither is", async () => {
    const [a] = await startWithTwo();
    const before = await dumpDatabase();
    const deleting = (write: () => Promise<void>) =>
      commit(async () => ({
        result: "done",
        rows: new Map([[a, null]]),
        along: { tables: [db.settings], write },
      }));
    const put = () => db.settings.put({ id: "along", value: 1 });
    const refused = deleting(async () => {
      await put();
      throw Error("it has moved on");
    });
    await expect(refused).rejects.toThrow("it has moved on");
    expect(await dumpDatabase()).toBe(before);
    await deleting(async () => void (await put()));
    expect((await readRows()).has(a)).toBe(false);
    expect(await db.settings.get("along")).toEqual({ id: "along", value: 1 });
  });
});
