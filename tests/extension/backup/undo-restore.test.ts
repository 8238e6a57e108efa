import { describe, expect, it } from "vitest";
import { lastUndoableRestore, undoRestore } from "../../../extension/backup/restore.ts";
import { db } from "../../../extension/vault/db.ts";
import { addEntries, changeEntry, readEntry, recordUse } from "../../../extension/vault/entries.ts";
import { deleteForever, purgeTrash } from "../../../extension/vault/trash.ts";
import { createVault, setFirstPassphrase } from "../../../extension/vault/unlock.ts";
import { draft } from "../vault/drafts.ts";
import { readRows, startWithoutVault } from "../vault/fresh-vault.ts";
import { DAY, PASSPHRASE, quickBackup, restoreAll } from "./quick-backup.ts";

startWithoutVault();

describe("undoing a restore", () => {
  it("brings back what was there, once, and takes away what was added", async () => {
    await createVault();
    const [a = "", b = ""] = await addEntries([draft(1), draft(2)], { now: 1 });
    const file = await quickBackup();
    await changeEntry(a, { issuer: "Renamed" });
    await deleteForever([b]);
    const before = await readRows();
    await restoreAll(file, 77);
    await recordUse(a, 80);
    expect(await lastUndoableRestore()).toEqual({ restoredAt: 77, entries: 2 });
    expect(await undoRestore()).toEqual({ reverted: 2, changedSince: [] });
    expect(await readRows()).toEqual(before);
    expect(await lastUndoableRestore()).toBeNull();
    expect(await undoRestore()).toBeNull();
  });

  it("leaves alone what was changed since, and says which", async () => {
    await createVault();
    const [a = "", b = "", c = ""] = await addEntries([draft(1), draft(2), draft(3)], { now: 1 });
    const file = await quickBackup();
    for (const id of [a, b, c]) await changeEntry(id, { issuer: "Renamed" });
    await restoreAll(file);
    await changeEntry(b, { note: "changed since" });
    await deleteForever([c]);
    expect(await undoRestore()).toEqual({ reverted: 1, changedSince: [b] });
    expect(await readEntry(a)).toMatchObject({ value: { issuer: "Renamed" } });
    expect(await readEntry(b)).toMatchObject({ value: { issuer: "Issuer 2", note: "changed since" } });
    expect(await readEntry(c)).toEqual({ ok: false, error: "not-found" });
  });

  it("is kept as ciphertext, through the first passphrase, and for thirty days", async () => {
    await createVault();
    const [a = ""] = await addEntries([draft(1)], { now: 1 });
    const file = await quickBackup();
    await changeEntry(a, { issuer: "Renamed" });
    await restoreAll(file, 0);
    const [stored] = await db.snapshots.toArray();
    expect(new TextDecoder("latin1").decode(stored?.sealed)).not.toMatch(/Renamed|GEZDGNBV/);
    await setFirstPassphrase(PASSPHRASE);
    await purgeTrash(30 * DAY - 1);
    expect(await lastUndoableRestore()).toEqual({ restoredAt: 0, entries: 1 });
    await purgeTrash(30 * DAY);
    expect(await lastUndoableRestore()).toBeNull();
    expect(await db.snapshots.count()).toBe(0);
    await restoreAll(await quickBackup());
    expect(await undoRestore()).toBeNull();
  });

  it("works after the first passphrase was set", async () => {
    await createVault();
    const [a = ""] = await addEntries([draft(1)], { now: 1 });
    const file = await quickBackup();
    await changeEntry(a, { issuer: "Renamed" });
    await restoreAll(file);
    await setFirstPassphrase(PASSPHRASE);
    expect(await undoRestore()).toEqual({ reverted: 1, changedSince: [] });
    expect(await readEntry(a)).toMatchObject({ value: { issuer: "Renamed" } });
  });
});
