import { describe, expect, it, vi } from "vitest";
import { openAgeFile } from "../../../extension/backup/age-file.ts";
import * as age from "../../../extension/backup/age-in-worker.ts";
import { backupReminder } from "../../../extension/backup/reminder.ts";
import { writeBackup } from "../../../extension/backup/write-backup.ts";
import { ForbiddenByPolicyError } from "../../../extension/policy/forbidden.ts";
import { addEntries } from "../../../extension/vault/entries.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { fakeApi } from "../../support/fake-extension-api.ts";
import { draft } from "../vault/drafts.ts";
import { startWithoutVault } from "../vault/fresh-vault.ts";

vi.mock("../../../extension/backup/age-in-worker.ts", () => import("./quick-age.ts"));

startWithoutVault();

const PASSPHRASE = "the words of the backup";
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

describe("where the organisation forbids it", () => {
  it("a backup is written though nothing may be exported: who loses the profile is not to lose the accounts", async () => {
    await createVault();
    await addEntries([draft(1)], { now: Date.now() });
    await fakeApi.manage({ exportForbidden: true });
    expect((await writeBackup(PASSPHRASE)).entries).toBe(1);
  });

  it("no backup is written, and nobody is reminded of one", async () => {
    await createVault();
    await addEntries([draft(1)], { now: Date.now() });
    const later = Date.now() + WEEK_MS;
    expect(await backupReminder(later)).not.toBeNull();
    await fakeApi.manage({ backupForbidden: true });
    await expect(writeBackup(PASSPHRASE)).rejects.toThrow(ForbiddenByPolicyError);
    expect(await backupReminder(later)).toBeNull();
  });

  it("none is written either where that comes while the key is derived", async () => {
    await createVault();
    await addEntries([draft(1)], { now: Date.now() });
    vi.mocked(age.openInWorker).mockImplementationOnce(async (...asked) => {
      await fakeApi.manage({ backupForbidden: true });
      return openAgeFile(...asked);
    });
    await expect(writeBackup(PASSPHRASE)).rejects.toThrow(ForbiddenByPolicyError);
  });
});
