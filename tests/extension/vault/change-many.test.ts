import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { changeMany, undoMany } from "../../../extension/vault/change-many.ts";
import { addEntries, changeEntry, readEntries, readIndex } from "../../../extension/vault/entries.ts";
import { deleteFromTrash, moveToTrash, restoreFromTrash } from "../../../extension/vault/trash.ts";
import { createVault } from "../../../extension/vault/unlock.ts";
import { draft, hotpDraft } from "./drafts.ts";
import { failWritesFrom } from "./failing-store.ts";
import { dumpDatabase, startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();

let ids: string[] = [];

beforeEach(async () => {
  await createVault();
  ids = await addEntries(
    [draft(0, { tags: ["work"] }), draft(1, { tags: ["home", "work"] }), hotpDraft(2, 7)],
    { now: 1 },
  );
});

const tagsOf = async () =>
  [...(await readEntries(ids)).values()].map((entry) => (entry.ok ? entry.value.tags : entry.error));
const revOf = async () => JSON.parse(await dumpDatabase())[0][1][0].rev as number;

describe("changing many entries", () => {
  it("adds and takes away in one write, and leaves alone what is so already", async () => {
    const rev = await revOf();
    const outcome = await changeMany(ids, { field: "tags", add: ["work", "bank"], remove: ["home"] });
    expect(await tagsOf()).toEqual([
      ["work", "bank"],
      ["work", "bank"],
      ["work", "bank"],
    ]);
    expect(outcome.changed).toHaveLength(3);
    expect(await revOf()).toBe(rev + 1);
    const again = await changeMany(ids, { field: "tags", add: ["bank"], remove: [] });
    expect(again.changed).toEqual([]);
    expect(await revOf(), "nothing to change is nothing to write").toBe(rev + 1);
    expect((await readIndex()).map(({ tags }) => tags)).toEqual(await tagsOf());
  });

  it("is taken back exactly, in one write", async () => {
    const { changed } = await changeMany(ids, { field: "tags", add: ["bank"], remove: ["work"] });
    const rev = await revOf();
    await undoMany(changed);
    expect(await tagsOf()).toEqual([["work"], ["home", "work"], []]);
    expect(await revOf()).toBe(rev + 1);
  });

  it("is taken back without what somebody else did meanwhile", async () => {
    const [first = ""] = ids;
    const { changed } = await changeMany(ids, { field: "sites", add: ["example.com"], remove: [] });
    await changeEntry(first, { sites: ["other.example", "example.com"], note: "noted" });
    await undoMany(changed);
    const entry = (await readEntries(ids)).get(first);
    expect(entry).toMatchObject({ ok: true, value: { sites: ["other.example"], note: "noted" } });
  });

  it("loses nothing of a hundred writes at the same time", async () => {
    const [first = ""] = ids;
    await Promise.all(
      Array.from({ length: 50 }, async (_, at) => {
        await changeMany(ids, { field: "tags", add: [`t${at}`], remove: [] });
        await changeEntry(first, { note: `${at}` });
      }),
    );
    for (const tags of await tagsOf())
      expect(tags).toEqual(expect.arrayContaining(Array.from({ length: 50 }, (_, at) => `t${at}`)));
  });

  it("names what is not there any more, and changes the others", async () => {
    const outcome = await changeMany([...ids, "gone"], { field: "tags", add: ["x"], remove: [] });
    expect(outcome.changed).toHaveLength(3);
    expect(outcome.refused).toEqual([{ id: "gone", reason: "not-found" }]);
  });

  it("changes nothing at all where the browser refuses to write", async () => {
    const before = await dumpDatabase();
    const disk = failWritesFrom(2);
    await expect(changeMany(ids, { field: "tags", add: ["x"], remove: [] })).rejects.toThrow();
    disk.stop();
    expect(await dumpDatabase()).toBe(before);
  });

  it("moves to the trash and back, and leaves what was there before as it was", async () => {
    const [first = "", second = "", third = ""] = ids;
    await moveToTrash([first], 100);
    const { changed } = await changeMany(ids, { field: "deletedAt", to: 200 });
    expect(changed.map(({ id }) => id)).toEqual([second, third]);
    await restoreFromTrash([third]);
    await undoMany(changed);
    const deleted = (await readIndex()).map(({ id, deletedAt }) => [id, deletedAt]);
    expect(new Map(deleted as [string, number | null][])).toEqual(
      new Map([
        [first, 100],
        [second, null],
        [third, null],
      ]),
    );
  });

  it("empties the trash of what is in it, and of nothing that was taken out meanwhile", async () => {
    const [first = "", second = "", third = ""] = ids;
    await moveToTrash([first, second], 100);
    await restoreFromTrash([second]);
    expect(await deleteFromTrash([first, second, third])).toEqual([first]);
    expect((await readIndex()).map(({ id }) => id)).toEqual([second, third]);
  });

  it("and taking it back leaves the tags as they were, whatever they are", async () => {
    const texts = fc.uniqueArray(fc.constantFrom<string[]>("work", "home", "bank", "运维"));
    await fc.assert(
      fc.asyncProperty(texts, texts, texts, async (tags, add, remove) => {
        await Promise.all(ids.map((id) => changeEntry(id, { tags })));
        const { changed } = await changeMany(ids, { field: "tags", add, remove });
        await undoMany(changed);
        expect(await tagsOf()).toEqual(ids.map(() => tags));
      }),
      { numRuns: 15 },
    );
  });
});
