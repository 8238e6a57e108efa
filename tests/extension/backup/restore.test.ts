import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { lastUndoableRestore, restore } from "../../../extension/backup/restore.ts";
import { db } from "../../../extension/vault/db.ts";
import {
  addEntries,
  changeEntry,
  moveEntry,
  readEntry,
  readIndex,
  setPinned,
} from "../../../extension/vault/entries.ts";
import { advanceHotp } from "../../../extension/vault/hotp.ts";
import { deleteForever, moveToTrash, purgeTrash, restoreFromTrash } from "../../../extension/vault/trash.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { draftToEntry, type Entry } from "../../../shared/otp/entry.ts";
import { draft, hotpDraft } from "../vault/drafts.ts";
import { dumpDatabase, startWithoutVault } from "../vault/fresh-vault.ts";
import { clearVault, DAY, preview, quickBackup, quickFile, restoreAll } from "./quick-backup.ts";

startWithoutVault();
describe("restoring into an empty vault", () => {
  it("gives back every entry with id, pin and sequence", async () => {
    const anyDraft = fc.record({
      number: fc.nat({ max: 100_000 }),
      issuer: fc.string({ unit: "grapheme" }),
      note: fc.string(),
      pinned: fc.boolean(),
      trash: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyDraft, { maxLength: 6, selector: ({ number }) => number }),
        async (drafts) => {
          await clearVault();
          await createVault();
          const ids = await addEntries(
            drafts.map(({ number, issuer, note }) => draft(number, { issuer, note })),
            { now: 3 },
          );
          for (const [at, { pinned, trash }] of drafts.entries()) {
            if (pinned) await setPinned(ids[at] ?? "", true);
            if (trash) await moveToTrash([ids[at] ?? ""], 4);
          }
          const first = ids[0];
          if (first !== undefined) await moveEntry(first, { before: null });
          const before = await readIndex();
          const file = await quickBackup();
          await clearVault();
          await createVault();
          await restoreAll(file);
          const known = (rows: typeof before) =>
            rows.map(({ order: _, fingerprint: __, deletedAt, ...row }) => ({
              ...row,
              inTrash: deletedAt !== null,
            }));
          expect(known(await readIndex())).toEqual(known(before));
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe("a restore", () => {
  it("applies what was chosen and nothing else, and leaves place and pin of what it replaces", async () => {
    await createVault();
    const [a = "", b = "", c = ""] = await addEntries([draft(1), draft(2), draft(3)], { now: 1 });
    const file = await quickBackup();
    await changeEntry(a, { issuer: "Renamed" });
    await changeEntry(b, { issuer: "Kept" });
    await deleteForever([c]);
    await setPinned(a, true);
    const opened = await preview(file);
    const chosen = opened.items.filter(({ issuer }) => issuer !== "Issuer 2").map(({ key }) => key);
    expect(await restore(opened, chosen, 50)).toEqual({ added: 1, replaced: 1, changedSince: [] });
    expect((await readIndex()).map(({ id, issuer, pinned }) => [id, issuer, pinned])).toEqual([
      [a, "Issuer 1", true],
      [b, "Kept", false],
      [c, "Issuer 3", false],
    ]);
  });

  it("gives what was in the trash its thirty days anew", async () => {
    await createVault();
    const [gone = "", old = ""] = await addEntries([draft(1), draft(2)], { now: 1 });
    await moveToTrash([gone, old], 4);
    const file = await quickBackup();
    await deleteForever([gone]);
    await restoreFromTrash([old]);
    const opened = await preview(file);
    await restore(
      opened,
      opened.items.map(({ key }) => key),
      40 * DAY,
    );
    expect(await purgeTrash(70 * DAY - 1)).toEqual([]);
    expect((await readIndex()).map(({ deletedAt }) => deletedAt)).toEqual([40 * DAY, 40 * DAY]);
    expect((await preview(file)).items).toMatchObject([{ kind: "same" }, { kind: "same" }]);
  });

  it("never takes a counter back", async () => {
    await createVault();
    const [id = ""] = await addEntries([hotpDraft(1, 5)], { now: 1 });
    const file = await quickBackup();
    await advanceHotp(id, "one");
    await advanceHotp(id, "two");
    expect((await preview(file)).items).toMatchObject([{ kind: "same" }]);
    await changeEntry(id, { issuer: "Renamed" });
    await restoreAll(file);
    expect(await readEntry(id)).toMatchObject({ value: { issuer: "Issuer 1", counter: 7 } });
  });

  it("leaves alone what changed after the preview, and says so", async () => {
    await createVault();
    const [a = "", b = ""] = await addEntries([draft(1), draft(2)], { now: 1 });
    const file = await quickBackup();
    await changeEntry(a, { issuer: "Renamed" });
    await deleteForever([b]);
    const opened = await preview(file);
    await changeEntry(a, { issuer: "Renamed again" });
    await addEntries([draft(2)], { now: 2 });
    const outcome = await restore(
      opened,
      opened.items.map(({ key }) => key),
    );
    expect(outcome).toEqual({ added: 0, replaced: 0, changedSince: expect.arrayContaining(["0", "1"]) });
    expect(await readEntry(a)).toMatchObject({ value: { issuer: "Renamed again" } });
    expect(await lastUndoableRestore()).toBeNull();
  });

  it("repairs an entry that is damaged here", async () => {
    await createVault();
    const [a = ""] = await addEntries([draft(1)], { now: 1 });
    const file = await quickBackup();
    await db.entries.update(a, { sealed: new Uint8Array(64) });
    await db.index.clear();
    expect((await preview(file)).items).toMatchObject([
      { kind: "differs", localId: a, local: null, fields: [] },
    ]);
    expect(await restoreAll(file)).toMatchObject({ replaced: 1 });
    expect(await readEntry(a)).toMatchObject({ ok: true, value: { issuer: "Issuer 1" } });
    expect(await readIndex()).toMatchObject([{ problem: null }]);
  });

  it("keeps two items of one id, as only a file made by hand has them", async () => {
    await createVault();
    const id = crypto.randomUUID();
    const entries: Entry[] = [draftToEntry(draft(1), 1), draftToEntry(draft(2), 1)];
    const file = await quickFile(entries.map((entry, order) => ({ id, pinned: false, order, entry })));
    expect(await restoreAll(file)).toMatchObject({ added: 2 });
    expect(await readIndex()).toHaveLength(2);
  });

  it("that fails in the middle leaves everything as it was", async () => {
    await createVault();
    const [a = ""] = await addEntries([draft(1)], { now: 1 });
    const file = await quickBackup();
    await changeEntry(a, { issuer: "Renamed" });
    const before = await dumpDatabase();
    vi.spyOn(Object.getPrototypeOf(db.snapshots), "put").mockImplementation(() => {
      throw Error("died here");
    });
    await expect(restoreAll(file)).rejects.toThrow("died here");
    vi.restoreAllMocks();
    expect(await dumpDatabase()).toBe(before);
  });
});
