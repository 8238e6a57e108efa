import { afterEach, describe, expect, it, vi } from "vitest";
import type { ImportChoice } from "../../../extension/import/import-items.ts";
import { importItems } from "../../../extension/import/import-items.ts";
import { pastImports } from "../../../extension/import/past-imports.ts";
import { type LocalEntry, planImport } from "../../../extension/import/plan-import.ts";
import { db } from "../../../extension/vault/db.ts";
import { addEntries, changeEntry, readEntry, readIndex } from "../../../extension/vault/entries.ts";
import { deleteForever, purgeTrash } from "../../../extension/vault/trash.ts";
import { undoSnapshot } from "../../../extension/vault/undo-snapshot.ts";
import { createVault, setFirstPassphrase } from "../../../extension/vault/unlock.ts";
import type { EntryDraft } from "../../../shared/otp/entry.ts";
import { draft, hotpDraft } from "../vault/drafts.ts";
import { failWritesFrom } from "../vault/failing-store.ts";
import { dumpDatabase, readRows, startWithoutVault } from "../vault/fresh-vault.ts";
import { add, DAY, fromFile, importAll } from "./import-drafts.ts";

startWithoutVault();
afterEach(() => void vi.restoreAllMocks());

/** The file's version of an entry that is here, to be taken in its place. */
async function take(file: EntryDraft): Promise<ImportChoice & { local: LocalEntry }> {
  const [item] = await planImport([fromFile(file)], []);
  if (item?.kind !== "differs") throw Error("it does not differ");
  return { kind: "take", draft: item.draft, local: item.local };
}

const names = async () => (await readIndex()).map(({ issuer, account }) => `${issuer} ${account}`);

describe("an import", () => {
  it("adds behind what is there, in the files' order, favourites pinned", async () => {
    await createVault();
    await addEntries([draft(1)], { now: 1 });
    const outcome = await importAll([add(draft(2), true), add(draft(3)), add(draft(4))]);
    expect(outcome).toMatchObject({ added: 3, changed: 0, changedSince: [] });
    expect(await names()).toEqual(["Issuer 1 alice", "Issuer 2 alice", "Issuer 3 alice", "Issuer 4 alice"]);
    expect((await readIndex()).filter(({ pinned }) => pinned).map(({ issuer }) => issuer)).toEqual([
      "Issuer 2",
    ]);
  });

  it("takes the file's word, leaves what the file does not say, and counts never back", async () => {
    await createVault();
    const [a = "", b = ""] = await addEntries(
      [draft(1, { note: "mine", tags: ["work"], sites: ["a.example"] }), hotpDraft(2, 7)],
      { now: 1 },
    );
    const first = await take(draft(1, { account: "bob", tags: ["home"] }));
    const second = await take({ ...hotpDraft(2, 3), account: "eve" });
    expect(await importAll([first, second])).toMatchObject({ added: 0, changed: 2 });
    expect(await readEntry(a)).toMatchObject({
      value: { account: "bob", note: "mine", tags: ["work", "home"], sites: ["a.example"], secretSetAt: 1 },
    });
    expect(await readEntry(b)).toMatchObject({ value: { account: "eve", counter: 7 } });
  });

  it("puts the key that gives way into the trash, as an entry of its own", async () => {
    await createVault();
    const [a = ""] = await addEntries([draft(1)], { now: 1 });
    await importAll([await take(draft(9, { issuer: "Issuer 1" }))], 50);
    expect(await readEntry(a)).toMatchObject({ value: { secret: draft(9).secret, secretSetAt: 50 } });
    const trashed = (await readIndex()).filter(({ deletedAt }) => deletedAt !== null);
    expect(trashed).toHaveLength(1);
    expect(await readEntry(trashed[0]?.id ?? "")).toMatchObject({ value: { secret: draft(1).secret } });
  });

  it("taken back leaves the former key in the trash where its account was changed since, and is not put back", async () => {
    await createVault();
    const [a = ""] = await addEntries([draft(1)], { now: 1 });
    const { id } = await importAll([await take(draft(9, { issuer: "Issuer 1" }))], 50);
    await changeEntry(a, { note: "changed since" });
    expect(id && (await undoSnapshot(id))).toMatchObject({ reverted: 0 });
    const secrets = await Promise.all(
      (await readIndex()).map(async ({ id: each }) => {
        const entry = await readEntry(each);
        return entry.ok ? entry.value.secret : null;
      }),
    );
    expect(secrets).toContain(draft(1).secret);
  });

  it("leaves alone what was changed after the preview", async () => {
    await createVault();
    const [a = ""] = await addEntries([draft(1)], { now: 1 });
    const choice = await take(draft(1, { account: "bob" }));
    await changeEntry(a, { note: "changed since" });
    expect(await importAll([choice, add(draft(2))])).toMatchObject({
      added: 1,
      changed: 0,
      changedSince: [a],
    });
    expect(await readEntry(a)).toMatchObject({ value: { account: "alice", note: "changed since" } });
  });

  it("that dies between any two of its writes leaves everything as it was", async () => {
    await createVault();
    await addEntries([draft(1), draft(2)], { now: 1 });
    const choices = [await take(draft(1, { account: "bob" })), add(draft(3)), add(draft(4))];
    const before = await dumpDatabase();
    for (let nth = 1; ; nth++) {
      const failing = failWritesFrom(nth);
      const outcome = await importAll(choices).then(
        () => "done",
        () => "failed",
      );
      failing.stop();
      if (!failing.hasFailed()) {
        expect(outcome).toBe("done");
        expect(nth).toBeGreaterThan(3);
        break;
      }
      expect(outcome).toBe("failed");
      expect(await dumpDatabase()).toBe(before);
    }
    expect(await pastImports()).toHaveLength(1);
  });

  it("of thousands says how far it is, and stopped before its transaction writes nothing", async () => {
    await createVault();
    await addEntries([draft(1)], { now: 1 });
    const choices = Array.from({ length: 1_000 }, (_, at) => add(draft(at + 10)));
    const before = await dumpDatabase();
    const stop = new AbortController();
    const seen: number[] = [];
    const onSealed = (done: number) => {
      seen.push(done);
      if (done >= 500) stop.abort();
    };
    await expect(importItems(choices, [], { onSealed, signal: stop.signal })).rejects.toThrow();
    expect(seen).toEqual([100, 200, 300, 400, 500]);
    expect(await dumpDatabase()).toBe(before);
  });
});

describe("taking an import back", () => {
  it("brings back every byte of what was there, once, and says before what it will do", async () => {
    await createVault();
    await addEntries([draft(1), draft(2)], { now: 1 });
    const before = await readRows();
    const choices = [await take(draft(1, { account: "bob" })), add(draft(3)), add(draft(4))];
    const { id } = await importAll(choices, 77);
    if (id === null) throw Error("something was imported");
    expect(await pastImports()).toEqual([
      { id, at: 77, formats: ["aegis"], added: 2, changed: 1, changedSince: 0 },
    ]);
    expect(await undoSnapshot(id)).toEqual({ reverted: 3, changedSince: [] });
    expect(await readRows()).toEqual(before);
    expect(await pastImports()).toEqual([]);
    expect(await undoSnapshot(id)).toBeNull();
  });

  it("leaves entries that were edited since, counted before and named after", async () => {
    await createVault();
    const { id } = await importAll([add(draft(1)), add(draft(2)), add(draft(3))]);
    const [a = "", b = ""] = (await readIndex()).map((row) => row.id);
    await changeEntry(a, { note: "edited since" });
    await deleteForever([b]);
    expect(await pastImports()).toMatchObject([{ added: 1, changed: 0, changedSince: 1 }]);
    expect(await undoSnapshot(id ?? "restore")).toEqual({ reverted: 1, changedSince: [a] });
    expect(await names()).toEqual(["Issuer 1 alice"]);
  });

  it("is possible for each import by itself, whichever comes first", async () => {
    await createVault();
    const first = await importAll([add(draft(1))], 10);
    const second = await importAll([add(draft(2)), add(draft(3))], 20);
    expect((await pastImports()).map(({ at }) => at)).toEqual([20, 10]);
    await undoSnapshot(first.id ?? "restore");
    expect(await names()).toEqual(["Issuer 2 alice", "Issuer 3 alice"]);
    await undoSnapshot(second.id ?? "restore");
    expect(await names()).toEqual([]);
  });

  it("is kept as ciphertext, through the first passphrase, and for thirty days", async () => {
    await createVault();
    const [a = ""] = await addEntries([draft(1)], { now: 1 });
    const { id } = await importAll([await take(draft(1, { issuer: "Renamed" }))], 0);
    const [stored] = await db.snapshots.toArray();
    expect(new TextDecoder("latin1").decode(stored?.sealed)).not.toMatch(/Issuer|aegis|GEZDGNBV/);
    await setFirstPassphrase("correct horse battery staple");
    await purgeTrash(30 * DAY - 1);
    expect(await pastImports()).toHaveLength(1);
    expect(await undoSnapshot(id ?? "restore")).toEqual({ reverted: 1, changedSince: [] });
    expect(await readEntry(a)).toMatchObject({ value: { issuer: "Issuer 1" } });
    await importAll([add(draft(5))], 0);
    await purgeTrash(30 * DAY);
    expect(await db.snapshots.count()).toBe(0);
  });
});
