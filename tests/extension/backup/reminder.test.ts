import { describe, expect, it } from "vitest";
import { backupReminder, noteBackupWritten } from "../../../extension/backup/reminder.ts";
import { addEntries } from "../../../extension/vault/entries.ts";
import { lock } from "../../../extension/vault/lock.ts";
import { moveToTrash } from "../../../extension/vault/trash.ts";
import { createVault, createVaultWithPassphrase } from "../../../extension/vault/unlock.ts";
import { draft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";
import { clearVault, DAY, PASSPHRASE, quickBackup, restoreAll } from "./quick-backup.ts";

startWithoutVault();

describe("the reminder of a backup", () => {
  const NOW = 1_000 * DAY;

  it("comes with the tenth new entry", async () => {
    await createVault(NOW);
    expect(await backupReminder(NOW + 100 * DAY)).toBeNull();
    await addEntries(
      Array.from({ length: 9 }, (_, number) => draft(number)),
      { now: NOW },
    );
    expect(await backupReminder(NOW)).toBeNull();
    await addEntries([draft(9)], { now: NOW + 1 });
    expect(await backupReminder(NOW + 1)).toEqual({ kind: "due", newEntries: 10, daysSince: 0 });
    await noteBackupWritten(NOW + 2);
    expect(await backupReminder(NOW + 2)).toBeNull();
  });

  it("comes after seven days, counted from the first entry or the last backup", async () => {
    await createVault(NOW);
    await addEntries([draft(1)], { now: NOW + 3 * DAY });
    expect(await backupReminder(NOW + 10 * DAY - 1)).toBeNull();
    expect(await backupReminder(NOW + 10 * DAY)).toEqual({ kind: "due", newEntries: 1, daysSince: 7 });
    await noteBackupWritten(NOW + 10 * DAY);
    expect(await backupReminder(NOW + 17 * DAY - 1)).toBeNull();
    expect(await backupReminder(NOW + 17 * DAY)).toEqual({ kind: "due", newEntries: 0, daysSince: 7 });
  });

  it("does not count what was restored from a backup, nor the trash", async () => {
    await createVault(NOW);
    const ids = await addEntries(
      Array.from({ length: 12 }, (_, number) => draft(number)),
      { now: NOW },
    );
    const file = await quickBackup();
    await moveToTrash(ids, NOW);
    expect(await backupReminder(NOW + 50 * DAY)).toBeNull();
    await clearVault();
    await createVault(NOW + 20 * DAY);
    await restoreAll(file);
    expect(await backupReminder(NOW + 20 * DAY)).toBeNull();
    expect(await backupReminder(NOW + 27 * DAY)).toEqual({ kind: "due", newEntries: 0, daysSince: 7 });
  });

  it("does not come while the vault is locked, or before there is one", async () => {
    expect(await backupReminder(NOW)).toBeNull();
    await createVaultWithPassphrase(PASSPHRASE);
    await lock("by-hand");
    expect(await backupReminder(NOW)).toBeNull();
  });
});
