import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { openAgeFile, sealAgeFile } from "../../../../extension/backup/age-file.ts";
import { readAutomaticState } from "../../../../extension/backup/automatic/automatic-state.ts";
import { keepChosenFolder } from "../../../../extension/backup/automatic/chosen-folder.ts";
import { makeBackup } from "../../../../extension/backup/automatic/make-backup.ts";
import { changeLock, DEFAULT_CHOICES, switchOn } from "../../../../extension/backup/automatic/plan.ts";
import { readNewestFile, type TrialFile, tryBackup } from "../../../../extension/backup/automatic/trial.ts";
import { previewRestore } from "../../../../extension/backup/preview-restore.ts";
import { addEntries, changeEntry } from "../../../../extension/vault/entries.ts";
import { advanceHotp } from "../../../../extension/vault/hotp.ts";
import { deleteForever } from "../../../../extension/vault/trash.ts";
import { createVault } from "../../../../extension/vault/unlock.ts";
import { utf8, utf8Decode } from "../../../../shared/bytes.ts";
import { formatBackup } from "../../../../shared/formats/backup.ts";
import { draft, hotpDraft } from "../../vault/drafts.ts";
import { readRows, startWithoutVault } from "../../vault/fresh-vault.ts";
import { FakeDownloads } from "../fake-downloads.ts";
import { quickBackup } from "../quick-backup.ts";
import { FOLDER, freshFolder } from "./fresh-folder.ts";

vi.mock("../../../../extension/backup/age-in-worker.ts", () => import("../quick-age.ts"));

startWithoutVault();

const PASSPHRASE = "the words of the backups";
const NOW = Date.parse("2026-11-01T12:00:00");
const NAME = "countersign-2026-11-01.age";

let ids: string[];
let folder: FileSystemDirectoryHandle;

beforeEach(async () => {
  await createVault();
  ids = await addEntries([draft(1), hotpDraft(2, 7), draft(3)], { now: NOW });
  folder = await freshFolder();
  await keepChosenFolder(folder);
  await switchOn(
    { ...DEFAULT_CHOICES, place: "folder" },
    { kind: "passphrase", passphrase: PASSPHRASE },
    NOW,
  );
  await makeBackup("now", NOW);
});

async function newest(): Promise<TrialFile> {
  const file = await readNewestFile();
  if (!file.ok) throw Error(file.error);
  return file.value;
}
async function tried(file: TrialFile, secret: string | null = null) {
  const outcome = await tryBackup(file, secret, NOW + 5);
  if (!outcome.ok) throw Error(outcome.error);
  return outcome.value;
}
/** The newest file with something of its text put otherwise. */
async function mutated(change: (text: string) => string): Promise<TrialFile> {
  const { name, bytes } = await newest();
  const opened = await openAgeFile(bytes, PASSPHRASE);
  const text = opened.ok ? utf8Decode(opened.value) : opened;
  if (!text.ok) throw Error("it does not open");
  return { name, bytes: await sealAgeFile(utf8(change(text.value)), PASSPHRASE, 4) };
}

describe("trying a backup", () => {
  it("opens the newest with what the vault keeps, compares all, writes nothing else, and is remembered", async () => {
    expect((await readAutomaticState(NOW)).trial).toBeNull();
    const before = await readRows();
    const { trial } = await tried(await newest());
    expect(trial).toMatchObject({ right: 3, wrong: 0, later: 0, changed: 0, gone: 0, madeAt: NOW });
    expect(await readRows()).toEqual(before);
    const state = await readAutomaticState(NOW);
    expect(state.trial).toEqual(trial);
    expect(state.newest?.sha256).toBe(trial.sha256);
  });

  it("names what came after it, what was changed and what is gone, and takes none of that for wrong", async () => {
    const file = await newest();
    // Older than the backup by its own word, as what is restored from elsewhere is.
    const [late = ""] = await addEntries([draft(9)], { now: NOW - 99 });
    await changeEntry(ids[0] ?? "", { secret: "GEZDGNBVGY3TQOJQ" });
    await deleteForever([ids[2] ?? ""]);
    const { trial, comparison } = await tried(file);
    expect(trial).toMatchObject({ right: 1, wrong: 0, later: 1, changed: 1, gone: 1 });
    expect(comparison.later).toEqual([{ id: late, issuer: "Issuer 9", account: "alice" }]);
    expect(comparison.changed).toMatchObject([{ id: ids[0] }]);
  });

  it.each([
    [
      "a wrong secret",
      (text: string) => text.replace(/GEZDGNBVGY3TQOJQAAABAAAA/, "GEZDGNBVGY3TQOJQAAACAAAA"),
    ],
    ["another number of digits", (text: string) => text.replace('"digits": 6', '"digits": 8')],
    ["a counter that stands elsewhere", (text: string) => text.replace('"counter": 7', '"counter": 6')],
    ["another note", (text: string) => text.replace('"note": ""', '"note": "eve was here"')],
    ["an entry that can't be read", (text: string) => text.replace('"type": "hotp"', '"type": 5')],
    [
      "an entry of another id",
      (text: string) => text.replace(/"id": "[0-9a-f]{8}-(?=[^}]*"pinned")/, '"id": "00000000-'),
    ],
  ])("finds %s", async (_, change) => {
    const { trial, comparison } = await tried(await mutated(change));
    expect(trial).toMatchObject({ right: 2, wrong: 1 });
    expect(comparison.wrong).toHaveLength(1);
  });

  it("tells by the codes what was changed, where a file does not say which vault it is of", async () => {
    const { name } = await newest();
    const bytes = (await quickBackup()) as TrialFile["bytes"];
    await changeEntry(ids[0] ?? "", { note: "later" });
    const { trial } = await tried({ name, bytes }, "correct horse battery staple");
    expect(trial).toMatchObject({ right: 2, wrong: 0, changed: 1 });
    const rows = [...(await readRows())].filter(([id]) => id !== ids[0]);
    const text = formatBackup(
      rows.map(([id, { pinned, order, entry }]) => ({ id, pinned, order, entry })),
      NOW + 1,
    );
    const less = await sealAgeFile(utf8(text), PASSPHRASE, 4);
    expect((await tried({ name, bytes: less })).trial).toMatchObject({ right: 2, wrong: 1 });
    await advanceHotp(ids[1] ?? "", "a press");
    expect((await tried({ name, bytes: less })).trial).toMatchObject({ right: 1, changed: 1, wrong: 1 });
  });

  it("asks for the secret that the vault does not have", async () => {
    const file = await newest();
    await changeLock({ kind: "passphrase", passphrase: "quite other words" });
    expect(await tryBackup(file, null)).toEqual({ ok: false, error: "needs-secret" });
    expect(await tryBackup(file, "wrong again")).toEqual({ ok: false, error: "wrong-passphrase" });
    expect((await tried(file, PASSPHRASE)).trial.right).toBe(3);
  });

  it("of one that is encrypted to a key takes the identity, as restoring does", async () => {
    const identity = await generateX25519Identity();
    await changeLock({ kind: "recipient", recipient: await identityToRecipient(identity) });
    const made = await makeBackup("if-due", NOW + 1);
    expect(made).toMatchObject({ kind: "made", file: { name: "countersign-2026-11-01-2.age" } });
    const file = await newest();
    expect(await tryBackup(file, null)).toEqual({ ok: false, error: "needs-secret" });
    expect(await tryBackup(file, PASSPHRASE)).toEqual({ ok: false, error: "wrong-identity" });
    expect((await tried(file, identity)).trial.right).toBe(3);
    const preview = await previewRestore(file.bytes, identity);
    expect(preview.ok && preview.value.items.map(({ kind }) => kind)).toEqual(["same", "same", "same"]);
  });
});

describe("the newest backup", () => {
  it("that was moved, is in a folder that is gone, or is among the downloads has to be handed over", async () => {
    await folder.removeEntry(NAME);
    expect(await readNewestFile()).toEqual({ ok: false, error: "absent" });
    await FOLDER.remove(folder);
    expect(await readNewestFile()).toEqual({ ok: false, error: "gone" });
    new FakeDownloads();
    await switchOn(DEFAULT_CHOICES, { kind: "passphrase", passphrase: PASSPHRASE }, NOW);
    expect(await readNewestFile()).toEqual({ ok: false, error: "none" });
    await makeBackup("now", NOW);
    expect(await readNewestFile()).toEqual({ ok: false, error: "ask" });
  });
});
