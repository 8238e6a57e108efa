import { describe, expect, it, vi } from "vitest";
import { openAgeFile } from "../../../extension/backup/age-file.ts";
import { sealInWorker } from "../../../extension/backup/age-in-worker.ts";
import { writeBackup } from "../../../extension/backup/write-backup.ts";
import { db } from "../../../extension/vault/db.ts";
import { addEntries, moveEntry, readEntry, setPinned } from "../../../extension/vault/entries.ts";
import { lock } from "../../../extension/vault/lock.ts";
import { moveToTrash } from "../../../extension/vault/trash.ts";
import { createVault, createVaultWithPassphrase } from "../../../extension/vault/unlock.ts";
import { utf8, utf8Decode } from "../../../shared/bytes.ts";
import { draft, hotpDraft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";
import { PASSPHRASE } from "./quick-backup.ts";

// Lets one test hand out a file that does not open; every other call goes through.
vi.mock("../../../extension/backup/age-in-worker.ts", { spy: true });

startWithoutVault();

describe("writing a backup", () => {
  it("holds everything, trash included, and opens to what the vault held", async () => {
    await createVault();
    const [a = "", b = "", damaged = ""] = await addEntries([draft(1), hotpDraft(2, 7), draft(3)], {
      now: 1,
    });
    await setPinned(b, true);
    await moveEntry(b, { before: a });
    await moveToTrash([a], 5);
    await db.entries.update(damaged, { sealed: new Uint8Array(64) });
    const [entryA, entryB] = [await readEntry(a), await readEntry(b)];

    const backup = await writeBackup(PASSPHRASE, Date.parse("2026-03-01T12:00:00"));

    expect(backup).toMatchObject({
      fileName: "countersign-2026-03-01.age",
      entries: 2,
      leftOut: [{ id: damaged, reason: "damaged" }],
    });
    const opened = await openAgeFile(backup.bytes, PASSPHRASE);
    const text = utf8Decode(opened.ok ? opened.value : utf8(""));
    const json = JSON.parse(text.ok ? text.value : "");
    expect(json).toMatchObject({ format: "countersign-backup", version: 1 });
    expect(json.entries.map((item: { id: string; pinned: boolean }) => [item.id, item.pinned])).toEqual([
      [b, true],
      [a, false],
    ]);
    expect(json.entries[0].entry).toEqual(entryB.ok && entryB.value);
    expect(json.entries[1].entry).toEqual(entryA.ok && entryA.value);
  });

  it("fails where the file does not read back, instead of reporting a backup", async () => {
    await createVault();
    await addEntries([draft(1)], { now: 1 });
    vi.mocked(sealInWorker).mockResolvedValueOnce(new Uint8Array(300));
    await expect(writeBackup(PASSPHRASE)).rejects.toThrow("read back");
  });

  it("needs the vault unlocked and a passphrase", async () => {
    await createVaultWithPassphrase(PASSPHRASE);
    await expect(writeBackup("")).rejects.toThrow("empty");
    await lock("by-hand");
    await expect(writeBackup(PASSPHRASE)).rejects.toThrow("locked");
    expect((await openAgeFile(new Uint8Array(), "x")).ok).toBe(false);
  });
});
