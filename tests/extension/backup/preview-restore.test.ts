import { describe, expect, it } from "vitest";
import { sealAgeFile } from "../../../extension/backup/age-file.ts";
import { previewRestore } from "../../../extension/backup/preview-restore.ts";
import { restore } from "../../../extension/backup/restore.ts";
import { addEntries, changeEntry, readIndex } from "../../../extension/vault/entries.ts";
import { deleteForever } from "../../../extension/vault/trash.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { base64ToBytes, utf8 } from "../../../shared/bytes.ts";
import { draftToEntry } from "../../../shared/otp/entry.ts";
import frozenBackup from "../../vectors/local-backup.json" with { type: "json" };
import frozenVault from "../../vectors/local-vault.json" with { type: "json" };
import { draft } from "../vault/drafts.ts";
import { dumpDatabase, startWithoutVault } from "../vault/fresh-vault.ts";
import { clearVault, PASSPHRASE, preview, quickBackup, quickFile, restoreAll } from "./quick-backup.ts";

startWithoutVault();

describe("the preview of a restore", () => {
  it("shows a frozen backup, put into its file by the age command", async () => {
    await createVault();
    const bytes = base64ToBytes(frozenBackup.file);
    const opened = await previewRestore(bytes.ok ? bytes.value : new Uint8Array(), frozenBackup.passphrase);
    const { id, value } = frozenVault.row;
    expect(opened).toMatchObject({
      ok: true,
      value: {
        createdAt: 1_700_000_003_000,
        items: [{ kind: "new", entry: value.entry, item: { id, pinned: true, order: 3 } }],
      },
    });
  });

  it("says of each entry whether it is new, the same, or differs and in what", async () => {
    await createVault();
    const [same = "", differs = "", gone = ""] = await addEntries([draft(1), draft(2), draft(3)], { now: 1 });
    const file = await quickBackup();
    await changeEntry(differs, { issuer: "Renamed", tags: ["x"] });
    await deleteForever([gone]);
    const { createdAt, items } = await preview(file);
    expect(createdAt).toBe(1000);
    const byIssuer = new Map(items.map((item) => [item.issuer, item]));
    expect(byIssuer.get("Issuer 1")).toMatchObject({ kind: "same", localId: same });
    expect(byIssuer.get("Issuer 2")).toMatchObject({
      kind: "differs",
      localId: differs,
      local: { issuer: "Renamed" },
      fields: ["issuer", "tags"],
    });
    expect(byIssuer.get("Issuer 3")).toMatchObject({ kind: "new", entry: { account: "alice" } });
  });

  it("knows an entry again by its secret where it came here another way", async () => {
    await createVault();
    await addEntries([draft(1)], { now: 1 });
    const file = await quickBackup();
    await clearVault();
    await createVault();
    const [id = ""] = await addEntries([draft(1, { issuer: "Scanned anew" })], { now: 99 });
    expect((await preview(file)).items).toMatchObject([{ kind: "differs", localId: id, fields: ["issuer"] }]);
    await changeEntry(id, { issuer: "Issuer 1" });
    expect((await preview(file)).items).toMatchObject([{ kind: "same", localId: id }]);
  });

  it("names what can't be read, and why, and shows the rest", async () => {
    await createVault();
    const entry = draftToEntry(draft(1), 1);
    const file = await quickFile([
      { id: crypto.randomUUID(), pinned: false, order: 1, entry: { ...entry, secret: "!" } },
      { id: crypto.randomUUID(), pinned: false, order: 2, entry: { ...entry, version: 9, type: "future" } },
      { id: crypto.randomUUID(), pinned: false, order: 3, entry },
    ]);
    expect((await preview(file)).items).toMatchObject([
      { kind: "unreadable", reason: "corrupt", issuer: "Issuer 1" },
      { kind: "unreadable", reason: "newer-version", issuer: "Issuer 1" },
      { kind: "new" },
    ]);
    expect(await restoreAll(file)).toEqual({ added: 1, replaced: 0, changedSince: [] });
  });

  it("works before there is a vault: all is new", async () => {
    await createVault();
    await addEntries([draft(1)], { now: 1 });
    const file = await quickBackup();
    await clearVault();
    const opened = await preview(file);
    expect(opened.items).toMatchObject([{ kind: "new" }]);
    await createVault();
    expect(await restore(opened, ["0"])).toMatchObject({ added: 1 });
  });

  it("and everything that goes wrong with a file writes nothing", async () => {
    await createVault();
    await addEntries([draft(1)], { now: 1 });
    const file = await quickBackup();
    await changeEntry((await readIndex())[0]?.id ?? "", { issuer: "x" });
    const before = await dumpDatabase();
    const plain = (text: string) => sealAgeFile(utf8(text), PASSPHRASE, 4);
    const refusals: [Uint8Array, string, string][] = [
      [file, "wrong", "wrong-passphrase"],
      [file.slice(0, -1), PASSPHRASE, "corrupt"],
      [utf8("hello"), PASSPHRASE, "not-a-backup"],
      [await plain("hello"), PASSPHRASE, "not-a-backup"],
      [await plain('{"format":"countersign-backup","version":9}'), PASSPHRASE, "newer-version"],
      [await plain('{"format":"countersign-backup","version":1}'), PASSPHRASE, "corrupt"],
      [await sealAgeFile(new Uint8Array([0xff]), PASSPHRASE, 4), PASSPHRASE, "not-a-backup"],
    ];
    for (const [bytes, passphrase, error] of refusals) {
      expect(await previewRestore(bytes, passphrase)).toEqual({ ok: false, error });
    }
    await preview(file);
    expect(await dumpDatabase()).toBe(before);
  });
});
