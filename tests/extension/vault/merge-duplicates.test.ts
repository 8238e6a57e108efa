import { beforeEach, describe, expect, it } from "vitest";
import {
  addEntries,
  changeEntry,
  readEntries,
  readIndex,
  recordUse,
  setPinned,
} from "../../../extension/vault/entries.ts";
import { findDuplicates } from "../../../extension/vault/find-duplicates.ts";
import { advanceHotp } from "../../../extension/vault/hotp.ts";
import { mergeDuplicates, undoMerge } from "../../../extension/vault/merge-duplicates.ts";
import { moveToTrash } from "../../../extension/vault/trash.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { draft, hotpDraft } from "./drafts.ts";
import { failWritesFrom } from "./failing-store.ts";
import { dumpDatabase, readRows, startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();
beforeEach(() => createVault());

/** The entry of a row that is there. */
const entryOf = async (id: string) => {
  const entry = (await readEntries([id])).get(id);
  if (!entry?.ok) throw Error("the entry can't be read");
  return entry.value;
};

describe("finding duplicates", () => {
  it("tells the same secret from the same name, and looks past the trash", async () => {
    const ids = await addEntries(
      [
        draft(1),
        draft(1, { issuer: "Other name" }),
        draft(1, { digits: 8, issuer: "Other parameters" }),
        draft(2, { issuer: "Twice" }),
        draft(3, { issuer: " twice ", account: "ALICE" }),
        draft(4),
        draft(4),
      ],
      { now: 1 },
    );
    await moveToTrash([ids[6] ?? ""], 2);
    const { sameSecret, sameName } = findDuplicates(await readIndex());
    expect(sameSecret.map((group) => group.map(({ id }) => id))).toEqual([[ids[0], ids[1]]]);
    expect(sameName.map((group) => new Set(group.map(({ id }) => id)))).toEqual([new Set([ids[3], ids[4]])]);
  });

  it("puts first what is pinned, then what is used most", async () => {
    const [a = "", b = "", c = ""] = await addEntries([draft(1), draft(1), draft(1)], { now: 1 });
    await recordUse(c, 5);
    await setPinned(b, true);
    const [group] = findDuplicates(await readIndex()).sameSecret;
    expect(group?.map(({ id }) => id)).toEqual([b, c, a]);
  });
});

describe("merging duplicates", () => {
  it("keeps one with everything of all, puts the others into the trash as they were, in one write", async () => {
    const [a = "", b = ""] = await addEntries(
      [
        draft(1, { sites: ["a.example"], tags: ["work"], note: "one" }),
        draft(1, { issuer: "Other", sites: ["b.example"], tags: ["home"], note: "two" }),
      ],
      { now: 1 },
    );
    await recordUse(b, 9);
    await setPinned(b, true);
    const before = await entryOf(b);
    const merged = await mergeDuplicates([a, b], 50);
    expect(merged.ok).toBe(true);
    expect(await entryOf(a)).toMatchObject({
      issuer: "Issuer 1",
      sites: ["a.example", "b.example"],
      tags: ["work", "home"],
      note: "one\ntwo",
      deletedAt: null,
    });
    expect(await entryOf(b)).toEqual({ ...before, deletedAt: 50 });
    const kept = (await readIndex()).find(({ id }) => id === a);
    expect(kept).toMatchObject({ pinned: true, uses: 1, lastUsedAt: 9 });
    expect(findDuplicates(await readIndex()).sameSecret).toEqual([]);
  });

  it("is taken back to the last byte of what the entries say", async () => {
    const [a = "", b = ""] = await addEntries([draft(1, { note: "one" }), draft(1, { note: "two" })], {
      now: 1,
    });
    const before = await readRows();
    const merged = await mergeDuplicates([a, b], 50);
    if (!merged.ok) throw Error(merged.error);
    expect(await undoMerge(merged.value)).toBe("undone");
    expect(await readRows()).toEqual(before);
  });

  it("unites where they were used, and taken back leaves only what came after it", async () => {
    const [a = "", b = ""] = await addEntries([draft(1), draft(1)], { now: 1 });
    await recordUse(a, 5, "harbour.example");
    await recordUse(b, 9, "login.example");
    await recordUse(b, 12, "harbour.example");
    const usesOfA = async () => {
      const row = (await readIndex()).find(({ id }) => id === a);
      return row && { uses: row.uses, lastUsedAt: row.lastUsedAt, usedOn: row.usedOn };
    };
    const merged = await mergeDuplicates([a, b], 50);
    if (!merged.ok) throw Error(merged.error);
    expect(await usesOfA()).toEqual({
      uses: 3,
      lastUsedAt: 12,
      usedOn: [
        { host: "harbour.example", at: 12 },
        { host: "login.example", at: 9 },
      ],
    });
    await undoMerge(merged.value);
    expect(await usesOfA()).toEqual({ uses: 1, lastUsedAt: 5, usedOn: [{ host: "harbour.example", at: 5 }] });

    const again = await mergeDuplicates([a, b], 60);
    if (!again.ok) throw Error(again.error);
    await recordUse(a, 70, "new.example");
    await undoMerge(again.value);
    expect(await usesOfA()).toEqual({
      uses: 2,
      lastUsedAt: 70,
      usedOn: [
        { host: "new.example", at: 70 },
        { host: "harbour.example", at: 5 },
      ],
    });
  });

  it("is taken back in part where the kept one was changed since: that change stays", async () => {
    const [a = "", b = ""] = await addEntries([draft(1, { note: "one" }), draft(1, { note: "two" })], {
      now: 1,
    });
    const merged = await mergeDuplicates([a, b], 50);
    if (!merged.ok) throw Error(merged.error);
    await changeEntry(a, { issuer: "Renamed" });
    expect(await undoMerge(merged.value)).toBe("undone-in-part");
    expect(await entryOf(a)).toMatchObject({ issuer: "Renamed", note: "one\ntwo" });
    expect(await entryOf(b)).toMatchObject({ note: "two", deletedAt: null });
  });

  it("never sets a counter back, neither in merging nor in taking it back", async () => {
    const [a = "", b = ""] = await addEntries([hotpDraft(1, 3), hotpDraft(1, 9)], { now: 1 });
    await advanceHotp(a, "press");
    const merged = await mergeDuplicates([a, b], 50);
    if (!merged.ok) throw Error(merged.error);
    expect((await entryOf(a)).counter).toBe(9);
    expect(await advanceHotp(a, "press"), "the old press is of an old counter").toMatchObject({
      ok: true,
      value: { counter: 9 },
    });
    const again = await mergeDuplicates([a, b], 60);
    expect(again, "the other is in the trash").toEqual({ ok: false, error: "not-found" });
    await undoMerge(merged.value);
    expect((await entryOf(a)).counter).toBe(10);
    expect((await entryOf(b)).counter).toBe(9);
  });

  it("refuses what got another secret meanwhile, and changes nothing", async () => {
    const [a = "", b = ""] = await addEntries([draft(1), draft(1)], { now: 1 });
    await changeEntry(b, { digits: 8 });
    const before = await dumpDatabase();
    expect(await mergeDuplicates([a, b], 50)).toEqual({ ok: false, error: "not-same" });
    expect(await dumpDatabase()).toBe(before);
  });

  it("changes nothing where the browser refuses to write", async () => {
    const ids = await addEntries([draft(1), draft(1)], { now: 1 });
    const before = await dumpDatabase();
    const disk = failWritesFrom(2);
    await expect(mergeDuplicates(ids, 50)).rejects.toThrow();
    disk.stop();
    expect(await dumpDatabase()).toBe(before);
  });
});
