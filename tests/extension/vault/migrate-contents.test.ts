import { describe, expect, it } from "vitest";
import { db } from "../../../extension/vault/db.ts";
import { addEntries, readEntry, readIndex, recordUse, setPinned } from "../../../extension/vault/entries.ts";
import { lock } from "../../../extension/vault/lock.ts";
import { migrateContents } from "../../../extension/vault/migrate-contents.ts";
import { CONTENTS_VERSION, type Migration } from "../../../extension/vault/migrations.ts";
import { unwrapWithPassphrase } from "../../../extension/vault/passphrase-slot.ts";
import { openRow } from "../../../extension/vault/stored-row.ts";
import {
  createVault,
  createVaultWithPassphrase,
  migrateDeviceVault,
  setFirstPassphrase,
  unlock,
} from "../../../extension/vault/unlock.ts";
import { requireVaultKey } from "../../../extension/vault/vault-key.ts";
import type { Bytes } from "../../../shared/bytes.ts";
import { draft } from "./drafts.ts";
import { dumpDatabase, readRows, startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();

const PASSPHRASE = "correct horse battery staple";

/** Made up: each marks the entry with the versions it came through. */
const addMark =
  (mark: string): Migration =>
  (row) => {
    const entry = row.entry as { issuer: string; marks?: string[] };
    return { ...row, entry: { ...entry, issuer: `${entry.issuer}!`, marks: [...(entry.marks ?? []), mark] } };
  };

async function startWithTwo(): Promise<{ a: string; b: string; vaultKey: Bytes }> {
  await createVaultWithPassphrase(PASSPHRASE);
  const [a = "", b = ""] = await addEntries([draft(1), draft(2)], { now: 1 });
  await setPinned(a, true);
  await recordUse(b, 5);
  const vaultId = (await db.vault.get("vault"))?.vaultId ?? "";
  const vaultKey = await unwrapWithPassphrase(await db.slots.get("passphrase"), vaultId, PASSPHRASE);
  if (!vaultKey.ok) throw Error(vaultKey.error);
  return { a, b, vaultKey: vaultKey.value };
}

/** The made-up migrations are unknown to whatever reads: let it take what they made for contents of its own version. */
async function readAsCurrent<T>(read: () => Promise<T>): Promise<T> {
  const contentsVersion = (await db.vault.get("vault"))?.contentsVersion ?? 0;
  await db.vault.update("vault", { contentsVersion: CONTENTS_VERSION });
  const value = await read();
  await db.vault.update("vault", { contentsVersion });
  return value;
}

const readMigrated = (id: string) => readAsCurrent(() => readEntry(id));

describe("contents of an older version", () => {
  it("are brought through every version to the newest, index included, and a copy of them is kept", async () => {
    const { a, b, vaultKey } = await startWithTwo();
    const before = await db.entries.toArray();
    const rowsBefore = await readRows();
    expect(await migrateContents(vaultKey, 9, [addMark("2"), addMark("3")])).toEqual({
      ok: true,
      value: "migrated",
    });
    expect(await readMigrated(a)).toMatchObject({ value: { issuer: "Issuer 1!!", marks: ["2", "3"] } });
    expect(await readAsCurrent(readIndex)).toMatchObject([
      { id: a, issuer: "Issuer 1!!", pinned: true },
      { id: b, issuer: "Issuer 2!!", uses: 1, lastUsedAt: 5 },
    ]);
    expect((await db.vault.get("vault"))?.contentsVersion).toBe(3);
    const [copy] = await db.copies.toArray();
    expect(copy).toEqual({ contentsVersion: 1, copiedAt: 9, rows: before });
    const key = await readAsCurrent(requireVaultKey);
    for (const row of copy?.rows ?? []) {
      expect(await openRow(key, row)).toEqual({ ok: true, value: rowsBefore.get(row.id) });
    }
    expect(await migrateContents(vaultKey, 9, [addMark("2"), addMark("3")])).toEqual({
      ok: true,
      value: "current",
    });
    await migrateContents(vaultKey, 10, [addMark("2"), addMark("3"), addMark("4")]);
    expect(await readMigrated(a)).toMatchObject({ value: { marks: ["2", "3", "4"] } });
  });

  it.each<[string, Migration]>([
    [
      "throws",
      () => {
        throw TypeError("unexpected");
      },
    ],
    [
      "throws on one entry only",
      (row) => {
        if (JSON.stringify(row).includes("Issuer 2")) throw Error();
        return row;
      },
    ],
    ["makes what does not read back", (row) => ({ ...row, order: Number.NaN })],
    ["makes no row", () => ({}) as never],
  ])("stay whole where a migration %s", async (_, migration) => {
    const { vaultKey } = await startWithTwo();
    const before = await dumpDatabase();
    expect(await migrateContents(vaultKey, 9, [addMark("2"), migration])).toEqual({
      ok: false,
      error: "failed",
    });
    expect(await dumpDatabase()).toBe(before);
  });

  it("stay what they are where they can't be opened", async () => {
    const { a, b, vaultKey } = await startWithTwo();
    await db.entries.update(a, { sealed: new Uint8Array(40) });
    const damaged = await db.entries.get(a);
    await migrateContents(vaultKey, 9, [addMark("2")]);
    expect(await db.entries.get(a)).toEqual(damaged);
    expect(await readMigrated(b)).toMatchObject({ value: { marks: ["2"] } });
    expect((await readAsCurrent(readIndex)).find((row) => row.id === a)).toMatchObject({
      problem: "damaged",
      issuer: "Issuer 1",
    });
  });

  it("of a newer version are refused and not touched", async () => {
    const { vaultKey } = await startWithTwo();
    await db.vault.update("vault", { contentsVersion: 3 });
    const before = await dumpDatabase();
    expect(await migrateContents(vaultKey, 9, [addMark("2")])).toEqual({ ok: false, error: "newer-version" });
    expect(await dumpDatabase()).toBe(before);
  });

  it("are migrated by unlocking, and by the start of the worker where there is no passphrase", async () => {
    await startWithTwo();
    await lock("by-hand");
    // As the real list stands today there is nothing to do, and a vault just made says so.
    expect((await db.vault.get("vault"))?.contentsVersion).toBe(CONTENTS_VERSION);
    expect((await unlock(PASSPHRASE)).ok).toBe(true);
    await Promise.all(db.tables.map((table) => table.clear()));
    await createVault();
    const before = await dumpDatabase();
    await migrateDeviceVault(9);
    expect(await dumpDatabase()).toBe(before);
  });

  it("in the copy get the new key too when the first passphrase is set", async () => {
    await createVault();
    const [a = ""] = await addEntries([draft(1)], { now: 1 });
    const row = (await readRows()).get(a);
    await db.copies.put({ contentsVersion: 0, copiedAt: 9, rows: await db.entries.toArray() });
    await setFirstPassphrase(PASSPHRASE);
    const [copied] = (await db.copies.toArray())[0]?.rows ?? [];
    if (!copied) throw Error("the copy is there");
    expect(await openRow(await readAsCurrent(requireVaultKey), copied)).toEqual({ ok: true, value: row });
  });
});
