import { afterEach, describe, expect, it, vi } from "vitest";
import { db, type SlotRow } from "../../../extension/vault/db.ts";
import { addEntries, readIndex } from "../../../extension/vault/entries.ts";
import { lock } from "../../../extension/vault/lock.ts";
import { sealJson } from "../../../extension/vault/sealed-json.ts";
import { openRow } from "../../../extension/vault/stored-row.ts";
import {
  createVault,
  createVaultWithPassphrase,
  setFirstPassphrase,
  unlock,
} from "../../../extension/vault/unlock.ts";
import { requireVaultKey } from "../../../extension/vault/vault-key.ts";
import { CTX } from "../../../shared/crypto/context.ts";
import { draft } from "./drafts.ts";
import { startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();
afterEach(() => vi.restoreAllMocks());

describe("a row that only a later version can read", () => {
  it("is carried over to the new key when the first passphrase is set", async () => {
    await createVault();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    const before = await requireVaultKey();
    const rev = (await db.entries.get(id))?.rev ?? 0;
    const later = { version: 2, layers: ["of a shape that is not known here"] };
    const sealed = await sealJson(before.rows, later, CTX("local-entry", before.vaultId, id, rev));
    await db.entries.update(id, { sealed });

    await setFirstPassphrase("correct horse battery staple");

    const row = await db.entries.get(id);
    if (row === undefined) throw Error("the row is gone");
    // Not "damaged": its bytes open under the key there is now.
    expect(await openRow(await requireVaultKey(), row)).toEqual({ ok: false, error: "newer-version" });
  });
});

describe("a slot whose salt is cut short", () => {
  it("is said to be damaged, instead of ending in an error that nobody shows", async () => {
    await createVaultWithPassphrase("correct horse battery staple");
    await lock("by-hand");
    const slot = await db.slots.get("passphrase");
    await db.slots.put({ ...slot, id: "passphrase", salt: new Uint8Array(4) } as SlotRow);
    expect(await unlock("correct horse battery staple")).toEqual({ ok: false, error: "corrupt" });
  });
});

describe("a damaged index on a full disk", () => {
  it("does not keep anybody from the entries", async () => {
    await createVault();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    await db.index.update("index", { sealed: new Uint8Array(64) });
    vi.spyOn(db.index, "put").mockRejectedValue(new DOMException("full", "QuotaExceededError"));
    expect(await readIndex()).toMatchObject([{ id, issuer: "Issuer 1" }]);
  });
});
