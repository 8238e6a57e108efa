import { describe, expect, it, vi } from "vitest";
import { db } from "../../../extension/vault/db.ts";
import {
  addEntries,
  changeEntry,
  moveEntry,
  readEntry,
  readIndex,
  recordUse,
  setPinned,
  watchIndex,
} from "../../../extension/vault/entries.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { draft } from "./drafts.ts";
import { startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();

describe("the index", () => {
  it("is read without opening an entry", async () => {
    await createVault();
    await addEntries([draft(1), draft(2), draft(3)], { now: 1 });
    const decrypt = vi.spyOn(crypto.subtle, "decrypt");
    try {
      expect(await readIndex()).toHaveLength(3);
      expect(decrypt).toHaveBeenCalledTimes(1);
    } finally {
      decrypt.mockRestore();
    }
  });

  it.each([
    ["missing", () => db.index.clear()],
    ["damaged", () => db.index.update("index", { sealed: new Uint8Array(200) })],
    ["not even bytes", () => db.index.update("index", { sealed: "x" as never })],
    ["of another revision", () => db.index.update("index", { rev: 1 })],
  ])("that is %s is rebuilt with pins and order, and written back", async (_, damage) => {
    await createVault();
    const [a = "", b = ""] = await addEntries([draft(1), draft(2)], { now: 1 });
    await setPinned(a, true);
    await moveEntry(b, { before: a });
    const before = await readIndex();
    await damage();
    expect(await readIndex()).toEqual(before);
    const decrypt = vi.spyOn(crypto.subtle, "decrypt");
    expect(await readIndex()).toEqual(before);
    expect(decrypt).toHaveBeenCalledTimes(1);
    decrypt.mockRestore();
  });

  it("that names other entries than there are is rebuilt, and uses survive", async () => {
    await createVault();
    const [a = "", b = ""] = await addEntries([draft(1), draft(2)], { now: 1 });
    await recordUse(b, 77);
    await db.entries.delete(a);
    expect(await readIndex()).toMatchObject([{ id: b, uses: 1, lastUsedAt: 77 }]);
  });

  it("shows a damaged entry as damaged, and the others as ever", async () => {
    await createVault();
    const [a = "", b = ""] = await addEntries([draft(1), draft(2)], { now: 1 });
    await db.entries.update(a, { sealed: new Uint8Array(64) });
    await db.index.clear();
    const rows = await readIndex();
    expect(rows.find((row) => row.id === a)).toMatchObject({ problem: "damaged", fingerprint: null });
    expect(rows.find((row) => row.id === b)).toMatchObject({ problem: null, issuer: "Issuer 2" });
    expect(await readEntry(a)).toEqual({ ok: false, error: "damaged" });
    expect((await readEntry(b)).ok).toBe(true);
    expect(await setPinned(a, true)).toEqual({ ok: false, error: "damaged" });
    await addEntries([draft(3)], { now: 1 });
    expect(await readIndex()).toHaveLength(3);
  });

  it("does not take one entry's ciphertext for another's", async () => {
    await createVault();
    const [a = "", b = ""] = await addEntries([draft(1), draft(2)], { now: 1 });
    const [rowA, rowB] = [await db.entries.get(a), await db.entries.get(b)];
    if (!rowA || !rowB) throw Error("both are there");
    await db.entries.bulkPut([
      { ...rowA, id: b },
      { ...rowB, id: a },
    ]);
    expect(await readEntry(a)).toEqual({ ok: false, error: "damaged" });
  });

  it("counts uses without touching the entries", async () => {
    await createVault();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    const before = await db.entries.toArray();
    await recordUse(id, 10);
    await recordUse(id, 20);
    expect(await readIndex()).toMatchObject([{ uses: 2, lastUsedAt: 20 }]);
    expect(await db.entries.toArray()).toEqual(before);
    await changeEntry(id, { issuer: "x" });
    expect(await readIndex()).toMatchObject([{ uses: 2, issuer: "x" }]);
  });

  it("is told to who watches it, at once and after each change, until they stop", async () => {
    await createVault();
    const told: number[] = [];
    const stop = watchIndex(
      (rows) => told.push(rows.length),
      () => told.push(-1),
    );
    await vi.waitFor(() => expect(told).toEqual([0]));
    await addEntries([draft(1)], { now: 1 });
    await vi.waitFor(() => expect(told.at(-1)).toBe(1));
    stop();
    const heard = told.length;
    await addEntries([draft(2)], { now: 1 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(told).toHaveLength(heard);
  });
});
