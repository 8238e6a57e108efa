import { beforeEach, describe, expect, it, vi } from "vitest";
import { openAgeFile } from "../../../../extension/backup/age-file.ts";
import * as age from "../../../../extension/backup/age-in-worker.ts";
import { makeBackup } from "../../../../extension/backup/automatic/make-backup.ts";
import {
  changePlan,
  DEFAULT_CHOICES,
  readPlan,
  switchOn,
} from "../../../../extension/backup/automatic/plan.ts";
import { backupReminder } from "../../../../extension/backup/reminder.ts";
import { db } from "../../../../extension/vault/db.ts";
import { addEntries } from "../../../../extension/vault/entries.ts";
import { lock } from "../../../../extension/vault/lock.ts";
import {
  createVault,
  createVaultWithPassphrase,
  setFirstPassphrase,
} from "../../../../extension/vault/unlock.ts";
import { requireVaultKey } from "../../../../extension/vault/vault-key.ts";
import { fakeApi } from "../../../support/fake-extension-api.ts";
import { draft } from "../../vault/drafts.ts";
import { dumpDatabase, startWithoutVault } from "../../vault/fresh-vault.ts";
import { FakeDownloads } from "../fake-downloads.ts";
import { clearVault } from "../quick-backup.ts";

vi.mock("../../../../extension/backup/age-in-worker.ts", () => import("../quick-age.ts"));

startWithoutVault();

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.parse("2026-11-01T12:00:00");
const SECRET = "the words of the backups";

let downloads: FakeDownloads;

beforeEach(async () => {
  await createVault();
  await addEntries([draft(1)], { now: NOW });
  downloads = new FakeDownloads();
});

const start = () => switchOn(DEFAULT_CHOICES, { kind: "passphrase", passphrase: SECRET }, NOW);

describe("the passphrase of backups", () => {
  it("is stored under the vault key alone, and comes along when the vault gets its first passphrase", async () => {
    await start();
    expect((await makeBackup("now", NOW)).kind).toBe("made");
    expect(await dumpDatabase()).not.toContain(SECRET);
    await setFirstPassphrase("alice keeps four random words");
    expect((await readPlan(await requireVaultKey()))?.lock).toEqual({
      kind: "passphrase",
      passphrase: SECRET,
    });
    expect(await makeBackup("if-due", NOW + 2 * DAY)).toEqual({ kind: "nothing", why: "not-due" });
    expect((await db.backups.toCollection().primaryKeys()).toSorted()).toEqual(["files", "plan"]);
  });
});

describe("what is chosen of backups", () => {
  it("in the moment in which the vault gets another key is kept or refused, never lost unsaid", async () => {
    await start();
    const read = db.backups.toArray.bind(db.backups);
    let change: Promise<string> | undefined;
    const spy = vi.spyOn(db.backups, "toArray").mockImplementationOnce((() =>
      read().then((rows) => {
        change = changePlan({ keep: 9 }).then(
          () => "kept",
          () => "refused",
        );
        return rows;
      })) as typeof db.backups.toArray);
    await setFirstPassphrase("alice keeps four random words");
    spy.mockRestore();
    const plan = await readPlan(await requireVaultKey());
    expect(plan?.keep).toBe((await change) === "kept" ? 9 : DEFAULT_CHOICES.keep);
  });
});

describe("a reminder of backups that are made by themselves", () => {
  it("comes two days after one was due, where no page was open for long enough, and for no other reason", async () => {
    await start();
    expect(await backupReminder(NOW + 2 * DAY - 1)).toBeNull();
    expect(await backupReminder(NOW + 2 * DAY)).toEqual({ kind: "not-made", why: null });
    await makeBackup("if-due", NOW + 2 * DAY);
    expect(await backupReminder(NOW + 100 * DAY)).toBeNull();
    await addEntries([draft(2)], { now: NOW + 100 * DAY });
    expect(await backupReminder(NOW + 100 * DAY)).toEqual({ kind: "not-made", why: null });
  });
});

describe("nothing is made", () => {
  it("of a file that has changed since it was opened and compared", async () => {
    await start();
    downloads.ends = "interrupted";
    expect(await makeBackup("now", NOW)).toEqual({ kind: "failed", why: "not-written" });
    await db.backups.update("begun", { file: new Uint8Array(500) });
    downloads.ends = "complete";
    expect((await makeBackup("now", NOW + 1)).kind).toBe("made");
    const [file = new Uint8Array()] = [...downloads.files.values()];
    expect((await openAgeFile(file, SECRET)).ok).toBe(true);
  });

  it("while the vault is locked, where it is off, and where the organisation forbids it", async () => {
    expect(await makeBackup("if-due", NOW)).toEqual({ kind: "nothing", why: "off" });
    await start();
    await changePlan({ isOn: false });
    expect(await makeBackup("now", NOW)).toEqual({ kind: "nothing", why: "off" });
    await changePlan({ isOn: true });
    await fakeApi.manage({ backupForbidden: true });
    expect(await makeBackup("now", NOW)).toEqual({ kind: "nothing", why: "forbidden" });
    expect(await backupReminder(NOW + 100 * DAY)).toBeNull();
    expect(downloads.names).toEqual([]);
  });

  it("where that is switched off, or forbidden, while the key is derived", async () => {
    await start();
    const meanwhile = async (work: () => Promise<void>) => {
      const { sealInWorker } = await vi.importActual<typeof age>("../quick-age.ts");
      vi.mocked(age.sealInWorker).mockImplementationOnce(async (...asked) => {
        await work();
        return sealInWorker(...asked);
      });
    };
    await meanwhile(() => changePlan({ isOn: false }));
    expect(await makeBackup("if-due", NOW)).toEqual({ kind: "nothing", why: "off" });
    await changePlan({ isOn: true });
    await db.backups.delete("begun");
    await meanwhile(() => fakeApi.manage({ backupForbidden: true }));
    expect(await makeBackup("if-due", NOW)).toEqual({ kind: "nothing", why: "forbidden" });
    expect(downloads.names).toEqual([]);
  });

  it("of a vault that is locked, or locks while the key is derived", async () => {
    await clearVault();
    await createVaultWithPassphrase("alice keeps four random words");
    await addEntries([draft(1)], { now: NOW });
    await start();
    vi.mocked(age.sealInWorker).mockImplementationOnce(async () => {
      await lock("by-hand");
      return new Uint8Array(500);
    });
    expect((await makeBackup("if-due", NOW)).kind).not.toBe("made");
    expect(await makeBackup("if-due", NOW)).toEqual({ kind: "nothing", why: "locked" });
    expect(downloads.names).toEqual([]);
  });
});
