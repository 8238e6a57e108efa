import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { db } from "../../../extension/vault/db.ts";
import {
  addEntries,
  changeEntry,
  readIndex,
  recordUse,
  setPinned,
} from "../../../extension/vault/entries.ts";
import {
  changeParts,
  type PartedIndex,
  partedIndex,
  ROWS_IN_A_PART,
  rowIn,
  rowsOf,
} from "../../../extension/vault/index-parts.ts";
import type { IndexRow } from "../../../extension/vault/index-row.ts";
import { readOpening } from "../../../extension/vault/opening.ts";
import { sealJson } from "../../../extension/vault/sealed-json.ts";
import { deleteForever } from "../../../extension/vault/trash.ts";
import { createVault, setFirstPassphrase } from "../../../extension/vault/unlock.ts";
import { requireVaultKey } from "../../../extension/vault/vault-key.ts";
import { CTX } from "../../../shared/crypto/context.ts";
import { draft } from "./drafts.ts";
import { startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();

/** Enough for three parts. */
const MANY = 2 * ROWS_IN_A_PART + 10;

async function addMany(count = MANY): Promise<string[]> {
  await createVault();
  const drafts = Array.from({ length: count }, (_, at) => draft(at + 1, { account: `account ${at}` }));
  return addEntries(drafts, { now: 1 });
}

/** Which rows of the index are written while something is done. */
async function writtenDuring(work: () => Promise<unknown>): Promise<string[]> {
  const before = new Map((await db.index.toArray()).map((row) => [row.id, row.rev]));
  await work();
  return (await db.index.toArray()).filter(({ id, rev }) => before.get(id) !== rev).map(({ id }) => id);
}

describe("the index of many entries", () => {
  it("is written where it changes: the first part and that of the entry", async () => {
    const ids = await addMany();
    expect(await db.index.toCollection().primaryKeys()).toEqual(["index", "part/1", "part/2"]);
    expect(await writtenDuring(() => setPinned(ids[200] ?? "", true))).toEqual(["index", "part/1"]);
    expect(await writtenDuring(() => recordUse(ids[0] ?? "", 5))).toEqual(["index"]);
    expect(await writtenDuring(() => addEntries([draft(999)], { now: 1 }))).toEqual(["index", "part/2"]);
    const rows = await readIndex();
    expect(rows).toHaveLength(MANY + 1);
    expect(rows.filter(({ pinned }) => pinned).map(({ id }) => id)).toEqual([ids[200]]);
    expect(rows.find(({ id }) => id === ids[0])).toMatchObject({ uses: 1, lastUsedAt: 5 });
  });

  it("is not opened again by a page that wrote it last", async () => {
    const ids = await addMany();
    const decrypt = vi.spyOn(crypto.subtle, "decrypt");
    await setPinned(ids[200] ?? "", true);
    // The entry itself.
    expect(decrypt).toHaveBeenCalledTimes(1);
    decrypt.mockRestore();
  });

  it("is taken as another page has left it, whatever this one wrote last", async () => {
    const ids = await addMany();
    await setPinned(ids[0] ?? "", true);
    const stored = [await db.vault.toArray(), await db.index.toArray(), await db.entries.toArray()] as const;
    await changeEntry(ids[200] ?? "", { issuer: "of a write that never was" });
    await db.transaction("rw", [db.vault, db.index, db.entries], async () => {
      await db.vault.bulkPut(stored[0]);
      await db.index.bulkPut(stored[1]);
      await db.entries.bulkPut(stored[2]);
    });
    await setPinned(ids[1] ?? "", true);
    const rows = await readIndex();
    expect(rows.filter(({ pinned }) => pinned)).toHaveLength(2);
    expect(rows.map(({ issuer }) => issuer)).not.toContain("of a write that never was");
  });

  it("loses a part with its last entry", async () => {
    const ids = await addMany();
    await deleteForever(ids.slice(2 * ROWS_IN_A_PART));
    expect(await db.index.toCollection().primaryKeys()).toEqual(["index", "part/1"]);
    expect(await readIndex()).toHaveLength(2 * ROWS_IN_A_PART);
  });

  it.each([
    ["is missing", () => db.index.delete("part/1")],
    ["is damaged", () => db.index.update("part/1", { sealed: new Uint8Array(200) })],
    ["is of another write", () => db.index.update("part/1", { rev: 1 })],
    [
      "lies in another's place",
      async () => {
        const other = await db.index.get("part/2");
        await db.index.update("part/1", { sealed: other?.sealed ?? new Uint8Array() });
      },
    ],
  ])("is rebuilt where a part %s, and the uses in the others survive", async (_, damage) => {
    const ids = await addMany();
    await recordUse(ids[0] ?? "", 7);
    await setPinned(ids[200] ?? "", true);
    const before = await readIndex();
    await damage();
    expect((await readOpening()).rows).toEqual(before);
    expect(await readIndex()).toEqual(before);
    await setPinned(ids[201] ?? "", true);
    expect((await readIndex()).filter(({ pinned }) => pinned)).toHaveLength(2);
  });

  it("that an earlier version left in one row is read, and comes into parts by the next write", async () => {
    const ids = await addMany();
    await recordUse(ids[200] ?? "", 7);
    const before = await readIndex();
    const [key, vault] = [await requireVaultKey(), await db.vault.get("vault")];
    if (vault === undefined) throw Error("there is a vault");
    const value = { version: 1, rows: before };
    const sealed = await sealJson(key.rows, value, CTX("local-index", key.vaultId, vault.rev));
    await db.index.clear();
    await db.index.put({ id: "index", rev: vault.rev, sealed });
    expect(await readIndex()).toEqual(before);
    expect((await readOpening()).rows).toEqual(before);
    await recordUse(ids[200] ?? "", 8);
    expect(await db.index.count()).toBe(3);
    expect((await readIndex()).find(({ id }) => id === ids[200])).toMatchObject({ uses: 2 });
  });

  it("comes along to the key of the first passphrase", async () => {
    const ids = await addMany();
    await recordUse(ids[200] ?? "", 7);
    await setFirstPassphrase("correct horse battery staple");
    expect((await readIndex()).find(({ id }) => id === ids[200])).toMatchObject({ uses: 1 });
    await setPinned(ids[200] ?? "", true);
    expect(await readIndex()).toHaveLength(MANY);
  });
});

describe("parts", () => {
  const steps = fc.array(fc.array(fc.tuple(fc.nat(600), fc.boolean()), { maxLength: 300 }), { maxLength: 6 });

  it("hold what rows were written and not deleted, none too many, and only those change that have to", () => {
    fc.assert(
      fc.property(steps, (all) => {
        let index: PartedIndex = partedIndex(1, []);
        const model = new Map<string, IndexRow>();
        for (const [at, step] of all.entries()) {
          const rev = at + 2;
          const before = index;
          const changed = new Map(step.map(([id, stays]) => [`${id}`, stays ? rowOf(`${id}`, rev) : null]));
          for (const [id, row] of changed) row === null ? model.delete(id) : model.set(id, row);
          index = changeParts(before, rev, changed);
          expect(new Map(rowsOf(index).map((row) => [row.id, row]))).toEqual(model);
          expect(rowsOf(index)).toHaveLength(model.size);
          for (const id of changed.keys()) expect(rowIn(index, id)).toEqual(model.get(id));
          for (const [number, { rows, rev: written }] of index.parts) {
            expect(rows.length).toBeLessThanOrEqual(ROWS_IN_A_PART);
            if (number !== 0) expect(rows.length).toBeGreaterThan(0);
            if (written !== rev) expect(rows).toBe(before.parts.get(number)?.rows);
          }
        }
      }),
    );
  });
});

function rowOf(id: string, order: number): IndexRow {
  return {
    ...{ id, type: "totp", issuer: "", account: "", sites: [], tags: [], digits: 6, period: 30, order },
    ...{ pinned: false, uses: 0, lastUsedAt: null, deletedAt: null, secretSetAt: 0, problem: null },
    fingerprint: null,
  };
}
