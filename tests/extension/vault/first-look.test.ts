import { afterEach, describe, expect, it, vi } from "vitest";
import { db } from "../../../extension/vault/db.ts";
import { addEntries, changeEntry, readEntries, readIndex } from "../../../extension/vault/entries.ts";
import {
  LOOKED_AT_VERSION,
  leaveFirstLook,
  lookFirst,
  takeFirstLook,
} from "../../../extension/vault/first-look.ts";
import { lock } from "../../../extension/vault/lock.ts";
import { readOpening } from "../../../extension/vault/opening.ts";
import { vaultState } from "../../../extension/vault/state.ts";
import { createVault, createVaultWithPassphrase } from "../../../extension/vault/unlock.ts";
import { draft } from "./drafts.ts";
import { startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();
afterEach(() => void vi.restoreAllMocks());

const PASSPHRASE = "correct horse battery staple";
const databases = async () => (await indexedDB.databases()).map(({ name }) => name);

describe("a first look at the vault, before the scripts are there that open it", () => {
  it("is of the structure that the database has", () => {
    expect(db.verno).toBe(LOOKED_AT_VERSION);
  });

  it.each([
    ["with a passphrase", () => createVaultWithPassphrase(PASSPHRASE)],
    ["without a passphrase", () => createVault()],
  ])("opens to what asking later tells, without asking again, for a vault %s", async (_, create) => {
    await create();
    const ids = await addEntries([draft(1), draft(2), draft(3)], { now: 1 });
    const [state, rows, entries] = [await vaultState(), await readIndex(), await readEntries(ids)];
    const look = await lookFirst();
    const reads = [vi.spyOn(db, "transaction"), vi.spyOn(db.entries, "bulkGet")];
    const opening = await readOpening(Date.now(), Promise.resolve(look));
    expect(opening).toMatchObject({ state, rows });
    expect(await opening.entries(ids)).toEqual(entries);
    for (const read of reads) expect(read).not.toHaveBeenCalled();
  });

  it("reads entries later where there are many, still without the scripts that open the vault", async () => {
    await createVault();
    const ids = await addEntries(
      Array.from({ length: 140 }, (_, at) => draft(at)),
      { now: 1 },
    );
    const entries = await readEntries([...ids, "nobody"]);
    const look = await lookFirst();
    const read = vi.spyOn(db.entries, "bulkGet");
    const opening = await readOpening(Date.now(), Promise.resolve(look));
    expect(opening.rows).toHaveLength(140);
    expect(await opening.entries([...ids, "nobody"])).toEqual(entries);
    expect(read).not.toHaveBeenCalled();
    // Its connection is closed by then: what is asked for after that comes another way.
    expect(await opening.entries(ids.slice(0, 2))).toEqual(await readEntries(ids.slice(0, 2)));
  });

  it("lets go of a database that is to be changed", async () => {
    await createVault();
    await addEntries(
      Array.from({ length: 140 }, (_, at) => draft(at)),
      { now: 1 },
    );
    const look = await lookFirst();
    db.close();
    await db.delete();
    expect(await look?.entries(["nobody"])).toBeNull();
    await db.open();
  });

  it("shows nothing of a vault that was locked after it", async () => {
    await createVaultWithPassphrase(PASSPHRASE);
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    const look = await lookFirst();
    await lock("by-hand");
    const opening = await readOpening(Date.now(), Promise.resolve(look));
    expect(opening).toMatchObject({ state: { kind: "locked", reason: "by-hand" }, rows: [] });
    expect((await opening.entries([id])).get(id)).toEqual({ ok: false, error: "locked" });
  });

  it("shows rows and entries of one moment, whatever is written after it", async () => {
    await createVault();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    const look = await lookFirst();
    await changeEntry(id, { issuer: "Another" });
    const opening = await readOpening(Date.now(), Promise.resolve(look));
    expect(opening.rows).toMatchObject([{ issuer: "Issuer 1" }]);
    expect((await opening.entries([id])).get(id)).toMatchObject({ ok: true, value: { issuer: "Issuer 1" } });
  });

  it("is null where there is no vault", async () => {
    expect(await lookFirst()).toBeNull();
    expect(await readOpening(Date.now(), lookFirst())).toMatchObject({ state: { kind: "none" }, rows: [] });
  });

  it("is null where there is no database, and leaves none behind", async () => {
    db.close();
    await db.delete();
    expect(await lookFirst()).toBeNull();
    expect(await databases()).not.toContain("countersign");
    await db.open();
    expect(await databases()).toContain("countersign");
  });

  it("is null where the database is of another version, and in nobody's way who opens it", async () => {
    const get = vi.spyOn(IDBDatabase.prototype, "version", "get").mockReturnValue(40);
    await createVault();
    const close = vi.spyOn(IDBDatabase.prototype, "close");
    expect(await lookFirst()).toBeNull();
    expect(get).toHaveBeenCalled();
    expect(close).toHaveBeenCalledTimes(1);
  });

  it("is null where the database can't be read", async () => {
    await createVault();
    vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(() => {
      throw new DOMException("", "UnknownError");
    });
    expect(await lookFirst()).toBeNull();
  });

  it("is taken by the page that it was left for, once", async () => {
    await createVault();
    leaveFirstLook(lookFirst());
    expect(await takeFirstLook()).toMatchObject({ vault: { id: "vault" } });
    expect(await takeFirstLook()).toBeNull();
  });
});
