import { describe, expect, it } from "vitest";
import { commit } from "../../../extension/vault/commit.ts";
import { db } from "../../../extension/vault/db.ts";
import { addEntries, changeEntry, readEntry, readIndex } from "../../../extension/vault/entries.ts";
import { advanceHotp } from "../../../extension/vault/hotp.ts";
import { readSnapshots } from "../../../extension/vault/snapshot.ts";
import {
  deleteFromTrash,
  moveToTrash,
  purgeTrash,
  restoreFromTrash,
} from "../../../extension/vault/trash.ts";
import { createVault, setFirstPassphrase } from "../../../extension/vault/unlock.ts";
import { requireVaultKey } from "../../../extension/vault/vault-key.ts";
import { forgetWayBack, goBack, waysBack } from "../../../extension/vault/ways-back.ts";
import { draft, hotpDraft } from "./drafts.ts";
import { dumpDatabase, readRows, startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();

const DAY = 24 * 60 * 60 * 1000;
const NOW = 1000 * DAY;

async function trashOf(...numbers: number[]): Promise<string[]> {
  const ids = await addEntries(
    numbers.map((number) => draft(number)),
    { now: NOW },
  );
  await moveToTrash(ids, NOW);
  return ids;
}
const ids = async () => (await readIndex()).map(({ id }) => id).toSorted();
const onlyWay = async () => {
  const [way, ...others] = await waysBack();
  if (way === undefined || others.length > 0) throw Error("not one way back");
  return way;
};

describe("emptying the trash", () => {
  it("can be gone back to for thirty days: everything is in the trash as it was, for as long as something new", async () => {
    await createVault();
    const trash = await trashOf(1, 2);
    const before = await readRows();
    expect(await deleteFromTrash(trash, NOW + 1)).toHaveLength(2);
    expect(await ids()).toEqual([]);
    const way = await onlyWay();
    expect(way).toMatchObject({ kind: "trash", at: NOW + 1, changes: [], goes: [], stays: [] });
    expect(way.returns.map(({ issuer }) => issuer).toSorted()).toEqual(["Issuer 1", "Issuer 2"]);
    expect(await goBack(way.id, NOW + 29 * DAY)).toEqual({ reverted: 2, changedSince: [] });
    const after = await readRows();
    for (const [id, row] of before) {
      const entry = { ...(row.entry as object), deletedAt: NOW + 29 * DAY };
      expect(after.get(id)).toEqual({ ...row, entry });
    }
    expect(await waysBack()).toEqual([]);
    expect(await goBack(way.id, NOW)).toBeNull();
    expect(await purgeTrash(NOW + 58 * DAY)).toEqual([]);
  });

  it("without a way back leaves nothing, and a way back can be deleted with what it holds", async () => {
    await createVault();
    await deleteFromTrash(await trashOf(1));
    expect(await waysBack()).toEqual([]);
    await deleteFromTrash(await trashOf(2), NOW);
    await forgetWayBack((await onlyWay()).id);
    expect(await db.snapshots.count()).toBe(0);
  });

  it("keeps what it keeps encrypted, also under the first passphrase, and for thirty days", async () => {
    await createVault();
    await deleteFromTrash(await trashOf(1), NOW);
    expect(await dumpDatabase()).not.toContain("GEZDGNBV");
    await setFirstPassphrase("alice keeps four random words");
    expect((await onlyWay()).returns).toHaveLength(1);
    await purgeTrash(NOW + 30 * DAY - 1);
    expect(await waysBack()).toHaveLength(1);
    await purgeTrash(NOW + 30 * DAY);
    expect(await waysBack()).toEqual([]);
  });

  it("keeps nothing of what a group shares: that is deleted for everybody", async () => {
    await createVault();
    const [own = "", shared = ""] = await trashOf(1, 2);
    const row = (await readRows()).get(shared);
    if (!row) throw Error("no row");
    await commit(async () => ({ result: null, rows: new Map([[shared, { ...row, group: "g" }]]) }));
    await deleteFromTrash([own, shared], NOW);
    const way = await onlyWay();
    expect(way.returns.map(({ id }) => id)).toEqual([own]);
    await goBack(way.id, NOW);
    expect(await ids()).toEqual([own]);
    // And where there is nothing else, there is no snapshot at all.
    await commit(async () => ({ result: null, rows: new Map([[shared, { ...row, group: "g" }]]) }));
    await deleteFromTrash([shared], NOW);
    expect(await waysBack()).toEqual([]);
  });

  it("leaves alone what is here again under the same id", async () => {
    await createVault();
    const [one = "", two = ""] = await trashOf(1, 2);
    const row = (await readRows()).get(one);
    await deleteFromTrash([one, two], NOW);
    await commit(async () => ({ result: null, rows: new Map([[one, row ?? null]]) }));
    await changeEntry(one, { note: "restored from a backup" });
    const way = await onlyWay();
    expect([way.returns, way.stays].map((list) => list.map(({ id }) => id))).toEqual([[two], [one]]);
    expect(await goBack(way.id, NOW)).toEqual({ reverted: 1, changedSince: [one] });
    const entry = await readEntry(one);
    expect(entry.ok && entry.value.note).toBe("restored from a backup");
  });

  it("keeps ten such snapshots at most, the latest", async () => {
    await createVault();
    for (let number = 0; number < 12; number++) await deleteFromTrash(await trashOf(number), NOW + number);
    const kept = [...(await readSnapshots(await requireVaultKey())).values()].map(({ takenAt }) => takenAt);
    expect(kept.toSorted()).toEqual(Array.from({ length: 10 }, (_, at) => NOW + 2 + at));
  });
});

describe("the copy from before an update", () => {
  it("can be gone back to, and from there back again; a counter goes on, and what is deleted for good stays so", async () => {
    await createVault();
    const [one = "", counted = "", gone = ""] = await addEntries([draft(1), hotpDraft(2, 7), draft(3)], {
      now: NOW,
    });
    await db.copies.put({ contentsVersion: 1, copiedAt: NOW, rows: await db.entries.toArray() });
    await changeEntry(one, { note: "after the update" });
    await advanceHotp(counted, "a press");
    await moveToTrash([gone], NOW);
    await deleteFromTrash([gone]);
    const way = await onlyWay();
    expect(way).toMatchObject({ kind: "update", at: NOW, returns: [], goes: [], stays: [] });
    expect(way.changes.map(({ id }) => id)).toContain(one);
    await goBack(way.id, NOW + 1);
    const noteOf = async () => {
      const entry = await readEntry(one);
      return entry.ok && entry.value.note;
    };
    expect(await noteOf()).toBe("");
    const counter = await readEntry(counted);
    expect(counter.ok && counter.value.counter).toBe(8);
    expect(await ids()).toEqual([counted, one].toSorted());
    const back = (await waysBack()).find(({ kind }) => kind === "back");
    await goBack(back?.id ?? "restore", NOW + 2);
    expect(await noteOf()).toBe("after the update");
  });

  it("brings nothing into a group, or back into one that it has left", async () => {
    await createVault();
    const [left = "", joined = ""] = await addEntries([draft(1), draft(2)], { now: NOW });
    const put = async (id: string, group: string | undefined) => {
      const row = (await readRows()).get(id);
      if (!row) throw Error("no row");
      const { group: _, ...own } = row;
      await commit(async () => ({
        result: null,
        rows: new Map([[id, group === undefined ? own : { ...own, group }]]),
      }));
    };
    await put(left, "g");
    await db.copies.put({ contentsVersion: 1, copiedAt: NOW, rows: await db.entries.toArray() });
    await put(left, undefined);
    await put(joined, "g");
    const way = await onlyWay();
    expect([way.changes, way.stays].map((list) => list.map(({ id }) => id))).toEqual([
      [],
      [left, joined].toSorted(),
    ]);
    expect(await goBack(way.id, NOW)).toBeNull();
    expect((await readRows()).get(left)?.group).toBeUndefined();
  });

  it("names nothing that is as it was then", async () => {
    await createVault();
    await addEntries([draft(1), hotpDraft(2, 7)], { now: NOW });
    await db.copies.put({ contentsVersion: 1, copiedAt: NOW, rows: await db.entries.toArray() });
    expect(await onlyWay()).toMatchObject({ changes: [], stays: [] });
  });

  it("gives what comes back into the trash its thirty days there anew", async () => {
    await createVault();
    const [one = "", two = ""] = await addEntries([draft(1), draft(2)], { now: NOW });
    await moveToTrash([one, two], NOW);
    await db.copies.put({ contentsVersion: 1, copiedAt: NOW, rows: await db.entries.toArray() });
    await restoreFromTrash([one]);
    const way = await onlyWay();
    expect(way.changes.map(({ id }) => id)).toEqual([one]);
    await goBack(way.id, NOW + 29 * DAY);
    expect(await purgeTrash(NOW + 30 * DAY)).toEqual([two]);
  });
});
