import { afterEach, describe, expect, it, vi } from "vitest";
import { db } from "../../../extension/vault/db.ts";
import { addEntries, readEntries, readIndex } from "../../../extension/vault/entries.ts";
import { lock } from "../../../extension/vault/lock.ts";
import { readOpening } from "../../../extension/vault/opening.ts";
import { vaultState } from "../../../extension/vault/state.ts";
import { createVault, createVaultWithPassphrase } from "../../../extension/vault/unlock.ts";
import { draft } from "./drafts.ts";
import { startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();
afterEach(() => void vi.restoreAllMocks());

const PASSPHRASE = "correct horse battery staple";

describe("what a page shows first", () => {
  it.each([
    ["with a passphrase", () => createVaultWithPassphrase(PASSPHRASE)],
    ["without a passphrase", () => createVault()],
  ])("is what asking step by step tells, for a vault %s", async (_, create) => {
    await create();
    const ids = await addEntries([draft(1), draft(2), draft(3)], { now: 1 });
    const opening = await readOpening();
    expect(opening.state).toEqual(await vaultState());
    expect(opening.rows).toEqual(await readIndex());
    expect(await opening.entries([...ids, "nobody"])).toEqual(await readEntries([...ids, "nobody"]));
    expect((await opening.entries(ids)).get(ids[1] ?? "")).toMatchObject({
      ok: true,
      value: { issuer: "Issuer 2" },
    });
  });

  it("asks the database once before it opens entries", async () => {
    await createVaultWithPassphrase(PASSPHRASE);
    const ids = await addEntries([draft(1)], { now: 1 });
    const reads = vi.spyOn(db, "transaction");
    const opening = await readOpening();
    expect(opening.rows).toHaveLength(1);
    await opening.entries(ids);
    expect(reads).toHaveBeenCalledTimes(1);
  });

  it("is nothing where there is no vault", async () => {
    const opening = await readOpening();
    expect(opening).toMatchObject({ state: { kind: "none" }, rows: [] });
  });

  it("is an empty list where the vault is empty", async () => {
    await createVault();
    expect(await readOpening()).toMatchObject({ state: { kind: "unlocked" }, rows: [] });
  });

  it("is no row of a locked vault", async () => {
    await createVaultWithPassphrase(PASSPHRASE);
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    await lock("by-hand");
    const opening = await readOpening();
    expect(opening).toMatchObject({ state: { kind: "locked", reason: "by-hand" }, rows: [] });
    expect((await opening.entries([id])).get(id)).toEqual({ ok: false, error: "locked" });
  });

  it("is no row where the deadline has passed, though nothing has locked the vault until then", async () => {
    await createVaultWithPassphrase(PASSPHRASE);
    await addEntries([draft(1)], { now: 1 });
    const opening = await readOpening(Date.now() + 24 * 60 * 60 * 1000);
    expect(opening).toMatchObject({ state: { kind: "locked", reason: "idle-timeout" }, rows: [] });
    expect(await vaultState()).toMatchObject({ kind: "locked" });
  });

  it.each([
    ["missing", () => db.index.clear()],
    ["damaged", () => db.index.update("index", { sealed: new Uint8Array(200) })],
    ["of an earlier write", () => db.vault.update("vault", { rev: 99 })],
  ])("comes from the entries where the index is %s", async (_, harm) => {
    await createVault();
    await addEntries([draft(1), draft(2)], { now: 1 });
    await harm();
    const opening = await readOpening();
    expect(opening.rows.map(({ issuer }) => issuer)).toEqual(["Issuer 1", "Issuer 2"]);
  });

  it("says that the vault can't be opened where a later extension wrote it", async () => {
    await createVault();
    await addEntries([draft(1)], { now: 1 });
    await db.vault.update("vault", { contentsVersion: 1000 });
    const opening = await readOpening();
    expect(opening).toMatchObject({ state: { kind: "unopenable", why: "newer-version" }, rows: [] });
  });
});
