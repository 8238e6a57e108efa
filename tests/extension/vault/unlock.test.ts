import { describe, expect, it } from "vitest";
import { db } from "../../../extension/vault/db.ts";
import { addEntries, readEntry, readIndex, setPinned } from "../../../extension/vault/entries.ts";
import { advanceHotp } from "../../../extension/vault/hotp.ts";
import { lock } from "../../../extension/vault/lock.ts";
import { vaultState } from "../../../extension/vault/state.ts";
import { moveToTrash } from "../../../extension/vault/trash.ts";
import {
  changePassphrase,
  checkPassphrase,
  createVault,
  createVaultWithPassphrase,
  setFirstPassphrase,
  unlock,
} from "../../../extension/vault/unlock.ts";
import { browser } from "../../support/fake-extension-api.ts";
import { draft, hotpDraft } from "./drafts.ts";
import { dumpDatabase, findSame, readRows, startWithoutVault } from "./fresh-vault.ts";

startWithoutVault();

const PASSPHRASE = "correct horse battery staple";
const LOCKED = { ok: false, error: "locked" };

/** The index without what is made under the key, and what only opening an entry tells. */
async function namesAndPlaces() {
  return (await readIndex()).map(({ fingerprint: _, problem: __, ...row }) => row);
}

describe("a vault without a passphrase", () => {
  it("knows the secrets it has after its first passphrase, too", async () => {
    await createVault();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    expect(await findSame(draft(1))).toBe(id);
    await setFirstPassphrase(PASSPHRASE);
    expect(await findSame(draft(1))).toBe(id);
    expect(await findSame(draft(2))).toBeNull();
  });

  it("is made once, keeps one key that scripts can't read, and is never locked", async () => {
    expect(await vaultState()).toEqual({ kind: "none" });
    await createVault();
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    await createVault();
    await lock("by-hand");
    expect((await readEntry(id)).ok).toBe(true);
    expect(await vaultState()).toEqual({ kind: "unlocked", protection: "device", lockAt: null });
    const slots = (await db.slots.toArray()) as { id: string; key?: CryptoKey }[];
    expect(slots).toHaveLength(1);
    expect(slots[0]?.key?.extractable).toBe(false);
    expect(browser.storage.session.dump()).toEqual({});
    expect(await checkPassphrase("anything")).toEqual({ ok: false, error: "no-passphrase" });
  });

  it("gets its first passphrase with a new key: everything is encrypted again and the device slot is gone", async () => {
    await createVault();
    const [a = "", b = "", damaged = ""] = await addEntries([draft(1), hotpDraft(2, 5), draft(3)], {
      now: 1,
    });
    await setPinned(b, true);
    await advanceHotp(b, "press");
    await moveToTrash([a], 9);
    await db.entries.update(damaged, { sealed: new Uint8Array(64) });
    const [index, sealed] = [await namesAndPlaces(), await db.entries.toArray()];
    const vault = await db.vault.get("vault");

    await setFirstPassphrase(PASSPHRASE);

    expect(await vaultState()).toMatchObject({ kind: "unlocked", protection: "passphrase" });
    expect(await namesAndPlaces()).toEqual(index);
    expect((await db.slots.toArray()).map((slot) => slot.id)).toEqual(["passphrase"]);
    expect((await db.vault.get("vault"))?.keyId).not.toBe(vault?.keyId);
    for (const row of sealed) {
      const now = await db.entries.get(row.id);
      // Nobody can encrypt again what nobody can open: those bytes stay what they are.
      expect(JSON.stringify(now) === JSON.stringify(row)).toBe(row.id === damaged);
    }
    expect(await advanceHotp(b, "press")).toMatchObject({ ok: true, value: { counter: 5 } });
    await lock("by-hand");
    expect(await readEntry(a)).toEqual(LOCKED);
    expect((await unlock(PASSPHRASE)).ok).toBe(true);
    expect(await namesAndPlaces()).toEqual(index);
    await expect(setFirstPassphrase("again")).rejects.toThrow();
  });
});

describe("a vault with a passphrase", () => {
  it("opens with it and keeps the key in the session only, as text", async () => {
    await createVaultWithPassphrase(PASSPHRASE);
    const [id = ""] = await addEntries([draft(1)], { now: 1 });
    await lock("by-hand");
    expect(await unlock(PASSPHRASE)).toEqual({ ok: true, value: undefined });
    expect((await readEntry(id)).ok).toBe(true);
    const session = JSON.parse(browser.storage.session.dump()["vault-key"] ?? "{}");
    expect(session.key).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(JSON.stringify(browser.storage.local.dump())).not.toContain(session.key);
    expect(await dumpDatabase()).not.toContain("a CryptoKey");
  });

  it("is opened by the same passphrase however it was composed, and by no other", async () => {
    await createVaultWithPassphrase("caf\u00e9 ＡＢＣ ");
    await lock("by-hand");
    expect(await unlock("cafe\u0301 ABC")).toEqual({ ok: false, error: "wrong-passphrase" });
    expect((await unlock("cafe\u0301 ABC ")).ok).toBe(true);
  });

  it("is not changed by a byte by a wrong passphrase, and stays as locked as it was", async () => {
    await createVaultWithPassphrase(PASSPHRASE);
    await addEntries([draft(1)], { now: 1 });
    await lock("screen-locked", 5);
    const before = [await dumpDatabase(), browser.storage.session.dump(), browser.storage.local.dump()];
    for (const wrong of ["", "wrong", `${PASSPHRASE} `, PASSPHRASE.toUpperCase()]) {
      expect(await unlock(wrong)).toEqual({ ok: false, error: "wrong-passphrase" });
      expect(await checkPassphrase(wrong)).toEqual({ ok: false, error: "wrong-passphrase" });
      expect(await changePassphrase(wrong, "next")).toEqual({ ok: false, error: "wrong-passphrase" });
    }
    expect([await dumpDatabase(), browser.storage.session.dump(), browser.storage.local.dump()]).toEqual(
      before,
    );
    expect(await vaultState()).toEqual({
      kind: "locked",
      reason: "screen-locked",
      lockedAt: 5,
      hasPasskey: false,
    });
  });

  it("changes its passphrase by rewriting the slot and nothing else", async () => {
    await createVaultWithPassphrase(PASSPHRASE);
    await addEntries([draft(1), draft(2)], { now: 1 });
    const others = db.tables.filter((table) => table.name !== "slots");
    const dump = async () => JSON.stringify(await Promise.all(others.map((table) => table.toArray())));
    const before = await dump();
    expect((await changePassphrase(PASSPHRASE, "the next one")).ok).toBe(true);
    expect(await dump()).toBe(before);
    await lock("by-hand");
    expect(await unlock(PASSPHRASE)).toEqual({ ok: false, error: "wrong-passphrase" });
    expect((await unlock("the next one")).ok).toBe(true);
    expect(await readIndex()).toHaveLength(2);
  });

  it("answers a check without unlocking anything", async () => {
    await createVaultWithPassphrase(PASSPHRASE);
    await lock("by-hand", 5);
    expect((await checkPassphrase(PASSPHRASE)).ok).toBe(true);
    expect(await vaultState()).toMatchObject({ kind: "locked" });
  });

  it("is not made over another vault, nor with an empty passphrase", async () => {
    await expect(createVaultWithPassphrase("")).rejects.toThrow("empty");
    expect(await vaultState()).toEqual({ kind: "none" });
    await createVaultWithPassphrase(PASSPHRASE);
    const before = [await dumpDatabase(), browser.storage.session.dump()];
    await expect(createVaultWithPassphrase("other")).rejects.toThrow("already");
    await createVault();
    expect([await dumpDatabase(), browser.storage.session.dump()]).toEqual(before);
  });

  it("that a later extension has migrated is left alone", async () => {
    await createVaultWithPassphrase(PASSPHRASE);
    await lock("by-hand", 5);
    await db.vault.update("vault", { contentsVersion: 99 });
    const before = await dumpDatabase();
    expect(await unlock(PASSPHRASE)).toEqual({ ok: false, error: "newer-version" });
    expect(await dumpDatabase()).toBe(before);
    expect(await vaultState()).toEqual({ kind: "unopenable", why: "newer-version" });
  });

  it("without any slot says so", async () => {
    await createVaultWithPassphrase(PASSPHRASE);
    await lock("by-hand", 5);
    await db.slots.clear();
    expect(await unlock(PASSPHRASE)).toEqual({ ok: false, error: "corrupt" });
  });

  it("reads nothing while it is locked", async () => {
    await createVaultWithPassphrase(PASSPHRASE);
    const [id = ""] = await addEntries([hotpDraft(1)], { now: 1 });
    const rows = await readRows();
    await lock("by-hand");
    await expect(readIndex()).rejects.toThrow("locked");
    await expect(addEntries([draft(2)], { now: 1 })).rejects.toThrow("locked");
    expect(await readEntry(id)).toEqual(LOCKED);
    expect(await advanceHotp(id, "press")).toEqual(LOCKED);
    await unlock(PASSPHRASE);
    expect(await readRows()).toEqual(rows);
  });
});
