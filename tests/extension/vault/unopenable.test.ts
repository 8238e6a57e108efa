import { afterEach, describe, expect, it, vi } from "vitest";
import { db } from "../../../extension/vault/db.ts";
import {
  addEntries,
  changeEntry,
  readEntry,
  readIndex,
  recordUse,
} from "../../../extension/vault/entries.ts";
import { type VaultState, vaultState, watchVaultState } from "../../../extension/vault/state.ts";
import { deleteForever, purgeTrash } from "../../../extension/vault/trash.ts";
import {
  changePassphrase,
  createVault,
  createVaultWithPassphrase,
  migrateDeviceVault,
  setFirstPassphrase,
} from "../../../extension/vault/unlock.ts";
import { breakDatabase, mendDatabase } from "./break-database.ts";
import { draft } from "./drafts.ts";
import { dumpDatabase, startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();
afterEach(mendDatabase);

const PASSPHRASE = "correct horse battery staple";
const KEY_LOST = { kind: "unopenable", why: "device-key-lost" };
const NEWER = { kind: "unopenable", why: "newer-version" };

describe("a vault that nobody can open says why", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["is damaged", () => db.slots.update("device", { sealed: new Uint8Array(60) } as never)],
    ["lost its key", () => db.slots.update("device", { key: null } as never)],
    ["is gone", () => db.slots.clear()],
  ])("where the device's slot %s", async (_, harm) => {
    await createVault();
    await harm();
    expect(await vaultState()).toEqual(KEY_LOST);
    await expect(readIndex()).rejects.toThrow();
  });

  it("where the device's slot is of a later kind", async () => {
    await createVault();
    await db.slots.update("device", { version: 2 } as never);
    expect(await vaultState()).toEqual(NEWER);
  });

  it("where the browser can't open the database, and again once it can", async () => {
    await createVault();
    breakDatabase();
    expect(await vaultState()).toEqual({ kind: "unopenable", why: "database" });
    await expect(migrateDeviceVault()).resolves.toBeUndefined();
    const told: VaultState[] = [];
    const stop = watchVaultState((state) => told.push(state));
    await vi.waitFor(() => expect(told).toEqual([{ kind: "unopenable", why: "database" }]));
    stop();
    mendDatabase();
    expect(await vaultState()).toMatchObject({ kind: "unlocked" });
  });
});

describe("a vault that a later extension has written", () => {
  it.each<[string, () => Promise<void>]>([
    ["without a passphrase", () => createVault()],
    ["that is unlocked", () => createVaultWithPassphrase(PASSPHRASE)],
  ])("%s is not written to", async (_, create) => {
    await create();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    await db.copies.put({ contentsVersion: 1, copiedAt: 1, rows: [] });
    await db.vault.update("vault", { contentsVersion: 99 });
    const before = await dumpDatabase();
    expect(await vaultState()).toEqual(NEWER);
    expect(await readEntry(id)).toEqual({ ok: false, error: "newer-version" });
    const writes: (() => Promise<unknown>)[] = [
      () => addEntries([draft(2)], { now: 1 }),
      () => changeEntry(id, { issuer: "x" }),
      () => recordUse(id, 2),
      () => deleteForever([id]),
      () => purgeTrash(Date.now()),
      () => setFirstPassphrase("another passphrase"),
    ];
    for (const write of writes) await expect(write()).rejects.toThrow();
    expect(await changePassphrase(PASSPHRASE, "next")).toEqual({ ok: false, error: "newer-version" });
    expect(await dumpDatabase()).toBe(before);
  });
});
