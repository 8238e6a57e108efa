import { beforeEach, describe, expect, it, vi } from "vitest";
import { openAgeFile } from "../../../../extension/backup/age-file.ts";
import * as age from "../../../../extension/backup/age-in-worker.ts";
import { keepChosenFolder } from "../../../../extension/backup/automatic/chosen-folder.ts";
import { makeBackup } from "../../../../extension/backup/automatic/make-backup.ts";
import {
  changeLock,
  DEFAULT_CHOICES,
  type PlaceKind,
  switchOn,
} from "../../../../extension/backup/automatic/plan.ts";
import { readFileRecord } from "../../../../extension/backup/automatic/written-files.ts";
import { backupReminder, lastBackupAt } from "../../../../extension/backup/reminder.ts";
import { addEntries, changeEntry } from "../../../../extension/vault/entries.ts";
import { deleteForever } from "../../../../extension/vault/trash.ts";
import { createVault } from "../../../../extension/vault/unlock.ts";
import { requireVaultKey } from "../../../../extension/vault/vault-key.ts";
import { draft } from "../../vault/drafts.ts";
import { startWithoutVault } from "../../vault/fresh-vault.ts";
import { FakeDownloads } from "../fake-downloads.ts";
import { FOLDER, freshFolder } from "./fresh-folder.ts";

vi.mock("../../../../extension/backup/age-in-worker.ts", () => import("../quick-age.ts"));

startWithoutVault();

const PASSPHRASE = "the words of the backups";
const LOCK = { kind: "passphrase", passphrase: PASSPHRASE } as const;
const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.parse("2026-11-01T12:00:00");

let ids: string[];
let folder: FileSystemDirectoryHandle;
let downloads: FakeDownloads;

beforeEach(async () => {
  await createVault();
  ids = await addEntries([draft(1), draft(2)], { now: NOW - DAY });
  folder = await freshFolder();
  downloads = new FakeDownloads();
});

async function start(place: PlaceKind, keep = 5): Promise<void> {
  if (place === "folder") await keepChosenFolder(folder);
  await switchOn({ ...DEFAULT_CHOICES, place, keep }, LOCK, NOW);
}
let edits = 0;
const edit = () => changeEntry(ids[0] ?? "", { note: `edit ${++edits}` });
const record = async () => readFileRecord(await requireVaultKey());

/** The two places, each with what is in it. */
const PLACES = {
  downloads: { names: async () => downloads.names },
  folder: { names: () => FOLDER.names(folder) },
} as const;

describe.each(["downloads", "folder"] as const)("a backup made by itself, in %s,", (place) => {
  const names = () => PLACES[place].names();

  it("is there at once, holds everything, and is not made again before something changes", async () => {
    await start(place);
    const made = await makeBackup("if-due", NOW);
    expect(made).toMatchObject({ kind: "made", file: { entries: 2, leftOut: 0, isVerified: true } });
    expect(await names()).toEqual(["countersign-2026-11-01.age"]);
    const bytes =
      place === "folder"
        ? await FOLDER.read(folder, "countersign-2026-11-01.age")
        : [...downloads.files.values()][0];
    const opened = await openAgeFile(bytes ?? new Uint8Array(), PASSPHRASE);
    expect(opened.ok && new TextDecoder().decode(opened.value)).toContain('"account": "alice"');
    expect(await lastBackupAt()).toBe(NOW);
    expect(await makeBackup("if-due", NOW + 40 * DAY)).toEqual({ kind: "nothing", why: "not-due" });
    await edit();
    expect(await makeBackup("if-due", NOW + DAY - 1)).toEqual({ kind: "nothing", why: "not-due" });
    expect((await makeBackup("if-due", NOW + DAY)).kind).toBe("made");
    expect(await names()).toHaveLength(2);
  });

  it("is not made anew because an entry was used, and is made at once under a new passphrase", async () => {
    await start(place);
    await makeBackup("if-due", NOW);
    await changeLock({ kind: "passphrase", passphrase: "quite other words" }, NOW);
    const made = await makeBackup("if-due", NOW + 1);
    expect(made.kind).toBe("made");
    expect(await names()).toHaveLength(2);
  });

  it("keeps so many and no more, and touches nothing that this vault did not write", async () => {
    await start(place, 3);
    const foreign = "countersign-2026-10-31.age";
    if (place === "folder") await FOLDER.write(folder, foreign, new Uint8Array([1, 2, 3]));
    else downloads.files.set(`/downloads/Countersign/${foreign}`, new Uint8Array([1, 2, 3]));
    for (let day = 0; day < 6; day++) {
      await edit();
      expect((await makeBackup("if-due", NOW + day * DAY)).kind).toBe("made");
    }
    expect(await names()).toEqual([
      foreign,
      "countersign-2026-11-04.age",
      "countersign-2026-11-05.age",
      "countersign-2026-11-06.age",
    ]);
    expect((await record()).files).toHaveLength(3);
  });

  it("never takes a name that is taken", async () => {
    await start(place);
    for (let time = 0; time < 3; time++) expect((await makeBackup("now", NOW + time)).kind).toBe("made");
    expect(await names()).toHaveLength(3);
    expect(new Set((await record()).files.map(({ name }) => name)).size).toBe(3);
  });

  it("lets go of a file that the person moved, and removes no other in its stead", async () => {
    await start(place, 2);
    await makeBackup("now", NOW);
    await makeBackup("now", NOW + DAY);
    if (place === "folder") await folder.removeEntry("countersign-2026-11-01.age");
    else downloads.move("countersign-2026-11-01.age");
    await makeBackup("now", NOW + 2 * DAY);
    expect(await names()).toEqual(["countersign-2026-11-02.age", "countersign-2026-11-03.age"]);
  });

  it("is not made of a vault in which nothing is left: what deleted it must not push out the others", async () => {
    await start(place);
    await makeBackup("now", NOW);
    await deleteForever(ids);
    expect(await makeBackup("now", NOW + DAY)).toEqual({ kind: "nothing", why: "empty" });
    expect(await names()).toHaveLength(1);
  });

  it("stays where the clock was put back, however late the ones before say that they are", async () => {
    await start(place, 1);
    await makeBackup("now", NOW + 400 * DAY);
    await edit();
    expect((await makeBackup("if-due", NOW)).kind).toBe("made");
    expect(await names()).toEqual(["countersign-2026-11-01.age"]);
    await edit();
    expect(await makeBackup("if-due", NOW + 1)).toEqual({ kind: "nothing", why: "not-due" });
  });

  it("pushes out none that is needed to have as many as were asked for, where the person removed others", async () => {
    await start(place, 2);
    for (let day = 0; day < 2; day++) await makeBackup("now", NOW + day * DAY);
    if (place === "folder") await folder.removeEntry("countersign-2026-11-02.age");
    else downloads.move("countersign-2026-11-02.age");
    await makeBackup("now", NOW + 2 * DAY);
    expect(await names()).toEqual(["countersign-2026-11-01.age", "countersign-2026-11-03.age"]);
    await makeBackup("now", NOW + 3 * DAY);
    expect(await names()).toEqual(["countersign-2026-11-03.age", "countersign-2026-11-04.age"]);
    expect((await record()).files).toHaveLength(2);
  });

  it("is one at a time, whoever asks", async () => {
    await start(place);
    const made = await Promise.all([1, 2, 3].map((more) => makeBackup("if-due", NOW + more)));
    expect(made.filter(({ kind }) => kind === "made")).toHaveLength(1);
    expect(await names()).toHaveLength(1);
  });
});

describe("a folder", () => {
  it("keeps a file that the person has changed, and forgets it", async () => {
    await start("folder", 1);
    await makeBackup("now", NOW);
    await FOLDER.write(folder, "countersign-2026-11-01.age", new Uint8Array([9]));
    await makeBackup("now", NOW + DAY);
    expect(await FOLDER.names(folder)).toEqual(["countersign-2026-11-01.age", "countersign-2026-11-02.age"]);
    expect((await record()).files).toHaveLength(1);
  });

  it("that is another one now begins anew, and the files in the former one stay", async () => {
    await start("folder", 1);
    await makeBackup("now", NOW);
    const other = await folder.getDirectoryHandle("other", { create: true });
    await keepChosenFolder(other);
    expect((await makeBackup("if-due", NOW + 1)).kind).toBe("made");
    expect(await FOLDER.names(other)).toEqual(["countersign-2026-11-01.age"]);
    expect(await FOLDER.names(folder)).toContain("countersign-2026-11-01.age");
  });

  it("that has to be allowed again, or is gone, is said, and costs no key derivation", async () => {
    await start("folder");
    const handles = FileSystemDirectoryHandle.prototype as unknown as { queryPermission(): Promise<string> };
    const asked = vi.spyOn(handles, "queryPermission").mockResolvedValue("prompt");
    vi.mocked(age.sealInWorker).mockClear();
    expect(await makeBackup("if-due", NOW)).toEqual({ kind: "failed", why: "folder-asks" });
    expect(await backupReminder(NOW)).toEqual({ kind: "not-made", why: "folder-asks" });
    asked.mockRestore();
    await FOLDER.remove(folder);
    expect(await makeBackup("if-due", NOW)).toMatchObject({ kind: "failed", why: "folder-gone" });
    expect(age.sealInWorker).toHaveBeenCalledTimes(1);
  });

  it("with a file that a closed page left without a byte is cleaned, and the backup is still due", async () => {
    await start("folder");
    const close = vi.spyOn(FileSystemWritableFileStream.prototype, "close");
    close.mockRejectedValueOnce(Error("the page is gone"));
    expect(await makeBackup("if-due", NOW)).toEqual({ kind: "failed", why: "not-written" });
    expect(await FOLDER.names(folder)).toEqual([]);
    expect((await makeBackup("now", NOW + 1)).kind).toBe("made");
    expect(await FOLDER.names(folder)).toEqual(["countersign-2026-11-01.age"]);
  });
});

describe("the downloads", () => {
  it.each([
    ["interrupted", "not-written"],
    ["cut-short", "not-verified"],
  ] as const)("that end %s make no backup, and are tried again an hour later", async (ends, why) => {
    await start("downloads", 1);
    await makeBackup("now", NOW);
    await edit();
    downloads.ends = ends;
    expect(await makeBackup("if-due", NOW + DAY)).toEqual({ kind: "failed", why });
    expect(downloads.names).toContain("countersign-2026-11-01.age");
    expect(await backupReminder(NOW + DAY)).toEqual({ kind: "not-made", why });
    downloads.ends = "complete";
    expect(await makeBackup("if-due", NOW + DAY + 1)).toEqual({ kind: "nothing", why: "waiting" });
    expect((await makeBackup("if-due", NOW + DAY + 60 * 60 * 1000)).kind).toBe("made");
    expect(await backupReminder(NOW + DAY + 60 * 60 * 1000)).toBeNull();
  });

  it("whose permission was taken away are said", async () => {
    await start("downloads");
    downloads.isPermitted = false;
    expect(await makeBackup("if-due", NOW)).toEqual({ kind: "failed", why: "no-permission" });
  });
});

describe("a page that closes in the middle", () => {
  it("loses no more than the step that it was in", async () => {
    await start("downloads");
    const [seal, open] = [vi.mocked(age.sealInWorker).mockClear(), vi.mocked(age.openInWorker).mockClear()];
    // The page closes while the file is opened again.
    open.mockRejectedValueOnce(Error("the page is gone"));
    await makeBackup("if-due", NOW);
    expect(downloads.names).toEqual([]);
    expect((await makeBackup("now", NOW + 1)).kind).toBe("made");
    expect(seal).toHaveBeenCalledTimes(1);
    expect(open).toHaveBeenCalledTimes(2);
    expect(downloads.names).toHaveLength(1);
  });
});
