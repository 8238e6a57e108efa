import { describe, expect, it } from "vitest";
import { db } from "../../../extension/vault/db.ts";
import { addEntries, readEntry, readIndex, setPinned } from "../../../extension/vault/entries.ts";
import {
  deleteForever,
  moveToTrash,
  purgeTrash,
  purgeTrashOfSteadyClock,
  restoreFromTrash,
  TRASH_DAYS,
} from "../../../extension/vault/trash.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { draft } from "./drafts.ts";
import { startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();

const DAY = 24 * 60 * 60 * 1000;

describe("the trash", () => {
  it("gives back what it got, pin and place included", async () => {
    await createVault();
    const [a = "", b = ""] = await addEntries([draft(1), draft(2)], { now: 1 });
    await setPinned(a, true);
    const before = await readIndex();
    expect(await moveToTrash([a, b, "nowhere"], 100)).toEqual({
      done: [a, b],
      refused: [{ id: "nowhere", reason: "not-found" }],
    });
    expect((await readIndex()).map(({ deletedAt }) => deletedAt)).toEqual([100, 100]);
    await moveToTrash([a], 200);
    expect((await readEntry(a)).ok && (await readIndex())[0]?.deletedAt).toBe(100);
    await restoreFromTrash([a, b]);
    expect(await readIndex()).toEqual(before);
  });

  it("keeps an entry for thirty days and no longer", async () => {
    await createVault();
    const [a = "", b = "", kept = ""] = await addEntries([draft(1), draft(2), draft(3)], { now: 1 });
    await moveToTrash([a], 0);
    await moveToTrash([b], DAY);
    expect(await purgeTrash(TRASH_DAYS * DAY - 1)).toEqual([]);
    expect(await purgeTrash(TRASH_DAYS * DAY)).toEqual([a]);
    expect((await readIndex()).map(({ id }) => id)).toEqual([b, kept]);
    expect(await db.entries.get(a)).toBeUndefined();
  });

  it("loses nothing to a clock that stands months ahead for an hour, and is emptied a day after it is due", async () => {
    await createVault();
    const [a = ""] = await addEntries([draft(1)], { now: 1 });
    await moveToTrash([a], DAY);
    expect(await purgeTrashOfSteadyClock(400 * DAY)).toEqual([]);
    expect(await purgeTrashOfSteadyClock(400 * DAY + 60_000)).toEqual([]);
    expect(await purgeTrashOfSteadyClock(2 * DAY)).toEqual([]);
    expect(await purgeTrashOfSteadyClock(401 * DAY)).toEqual([]);
    // Back without a look in between: what the other time said counts for nothing.
    expect(await purgeTrashOfSteadyClock(31 * DAY)).toEqual([]);
    expect(await purgeTrashOfSteadyClock(32 * DAY - 1)).toEqual([]);
    expect(await readIndex()).toHaveLength(1);
    expect(await purgeTrashOfSteadyClock(32 * DAY)).toEqual([a]);
    expect(await readIndex()).toHaveLength(0);
  });

  it("deletes for ever what can be opened and what can't, once", async () => {
    await createVault();
    const [a = "", damaged = "", kept = ""] = await addEntries([draft(1), draft(2), draft(3)], { now: 1 });
    await db.entries.update(damaged, { sealed: new Uint8Array(5) });
    expect(await deleteForever([a, damaged, a, "nowhere"])).toEqual({
      done: [a, damaged],
      refused: [{ id: "nowhere", reason: "not-found" }],
    });
    expect((await readIndex()).map(({ id }) => id)).toEqual([kept]);
    expect(await db.entries.toCollection().primaryKeys()).toEqual([kept]);
  });

  it("leaves no copy of what is deleted for ever, and drops old copies", async () => {
    await createVault();
    const [a = "", b = ""] = await addEntries([draft(1), draft(2)], { now: 1 });
    await db.copies.put({ contentsVersion: 1, copiedAt: 50 * DAY, rows: await db.entries.toArray() });
    await deleteForever([a]);
    expect((await db.copies.toArray())[0]?.rows.map(({ id }) => id)).toEqual([b]);
    await purgeTrash(80 * DAY - 1);
    expect(await db.copies.count()).toBe(1);
    await purgeTrash(80 * DAY);
    expect(await db.copies.count()).toBe(0);
  });
});
