import { describe, expect, it, vi } from "vitest";
import { db } from "../../../extension/vault/db.ts";
import { fingerprintOf } from "../../../extension/vault/fingerprint.ts";
import { rowsOf } from "../../../extension/vault/index-parts.ts";
import { toIndexRow } from "../../../extension/vault/index-row.ts";
import { unwrapWithPassphrase } from "../../../extension/vault/passphrase-slot.ts";
import { readSnapshot } from "../../../extension/vault/snapshot.ts";
import { readStoredIndex } from "../../../extension/vault/stored-index.ts";
import { openRow } from "../../../extension/vault/stored-row.ts";
import { importVaultKey } from "../../../extension/vault/vault-key.ts";
import { type Bytes, base64ToBytes } from "../../../shared/bytes.ts";
import { ok } from "../../../shared/result.ts";
import frozen from "../../vectors/local-vault.json" with { type: "json" };

/** The vectors were made with other code (OpenSSL's primitives): they hold what a vault of today looks like for good. */
describe("the stored format", () => {
  it("opens the frozen row", async () => {
    const { id, rev, value, sealed } = frozen.row;
    expect(await openRow(await frozenKey(), { id, rev, sealed: bytes(sealed) })).toEqual(ok(value));
  });

  it("opens a row under no other id and no other revision", async () => {
    const { id, rev, sealed } = frozen.row;
    const key = await frozenKey();
    const damaged = { ok: false, error: "damaged" };
    expect(await openRow(key, { id: frozen.keyId, rev, sealed: bytes(sealed) })).toEqual(damaged);
    expect(await openRow(key, { id, rev: rev + 1, sealed: bytes(sealed) })).toEqual(damaged);
    expect(await openRow({ ...key, vaultId: id }, { id, rev, sealed: bytes(sealed) })).toEqual(damaged);
  });

  it("opens the frozen index, and derives the same index row from the frozen row", async () => {
    const key = await frozenKey();
    const { vaultId, keyId } = frozen;
    const { rev, value, sealed } = frozen.index;
    await db.vault.put({ id: "vault", vaultId, keyId, createdAt: 0, contentsVersion: 1, rev });
    await db.index.put({ id: "index", rev, sealed: bytes(sealed) });
    await db.entries.put({ id: frozen.row.id, rev, sealed: bytes(frozen.row.sealed) });
    const { index, from } = await readStoredIndex(key);
    const rows = rowsOf(index);
    expect({ from, rows }).toEqual({ from: "stored", rows: value.rows });
    expect(await toIndexRow(key, frozen.row.id, ok(frozen.row.value), rows[0])).toEqual(value.rows[0]);
  });

  it("opens the frozen snapshot", async () => {
    const { rev, value, sealed } = frozen.snapshot;
    await db.snapshots.put({ id: "restore", rev, sealed: bytes(sealed) });
    expect(await readSnapshot(await frozenKey(), "restore")).toEqual(value);
  });

  it("gives the frozen fingerprint, whatever bits are left over at the end of the secret", async () => {
    const { fingerprints } = await frozenKey();
    const { entry } = frozen.row.value;
    const given = { type: "totp", digits: 6, period: 30, algorithm: "SHA1" } as const;
    const [row] = frozen.index.value.rows;
    expect(await fingerprintOf(fingerprints, { ...given, secret: entry.secret })).toBe(row?.fingerprint);
    expect(await fingerprintOf(fingerprints, { ...given, secret: `${entry.secret}A` })).toBe(
      row?.fingerprint,
    );
    expect(await fingerprintOf(fingerprints, { ...given, secret: "A" })).toBeNull();
    for (const other of [
      { type: "steam" },
      { digits: 7 },
      { period: 60 },
      { algorithm: "SHA256" },
    ] as const) {
      const fingerprint = await fingerprintOf(fingerprints, { ...given, secret: entry.secret, ...other });
      expect(fingerprint).not.toBe(row?.fingerprint);
    }
  });
});

describe("the passphrase slot", () => {
  it("gives the frozen vault key", async () => {
    const key = await unwrapWithPassphrase(frozenSlot(), frozen.vaultId, frozen.passphraseSlot.passphrase);
    expect(key).toEqual(ok(bytes(frozen.vaultKey)));
  });

  it.each([
    ["less memory", { memoryKib: 64 * 1024 - 1 }, "weak-parameters"],
    ["fewer iterations", { iterations: 2 }, "weak-parameters"],
    ["more memory than sane", { memoryKib: 2 ** 30 }, "corrupt"],
    ["more iterations than sane", { iterations: 1e6 }, "corrupt"],
    ["no parallelism", { parallelism: 0 }, "corrupt"],
    ["a salt of another kind", { salt: "text" }, "corrupt"],
    ["a later version", { version: 2, memoryKib: "much" }, "newer-version"],
    ["a changed ciphertext", { sealed: new Uint8Array(60) }, "corrupt"],
    // What the key is derived from can't be told from a wrong passphrase.
    ["another salt", { salt: new Uint8Array(16) }, "wrong-passphrase"],
    ["another parallelism", { parallelism: 1 }, "wrong-passphrase"],
    ["another key id", { keyId: "x" }, "wrong-passphrase"],
  ])("with %s is refused", async (_, change, error) => {
    const importKey = vi.spyOn(crypto.subtle, "importKey");
    const slot = { ...frozenSlot(), ...change };
    expect(await unwrapWithPassphrase(slot, frozen.vaultId, frozen.passphraseSlot.passphrase)).toEqual({
      ok: false,
      error,
    });
    // What is refused by its parameters is never derived: no key comes out of it to be imported.
    if (error === "weak-parameters" || "memoryKib" in change) expect(importKey).not.toHaveBeenCalled();
    importKey.mockRestore();
  });

  it("does not open with another passphrase, nor with none", async () => {
    for (const typed of ["", `${frozen.passphraseSlot.passphrase} `, "correct horse 电池 staple"]) {
      const key = await unwrapWithPassphrase(frozenSlot(), frozen.vaultId, typed);
      expect(key).toEqual({ ok: false, error: "wrong-passphrase" });
    }
  });
});

function frozenKey() {
  return importVaultKey(bytes(frozen.vaultKey), frozen);
}

function frozenSlot() {
  const { memoryKib, iterations, parallelism, salt, commitment, sealed } = frozen.passphraseSlot;
  return {
    ...{ id: "passphrase", version: 1, keyId: frozen.keyId, memoryKib, iterations, parallelism },
    ...{ salt: bytes(salt), commitment: bytes(commitment), sealed: bytes(sealed) },
  };
}

function bytes(base64: string): Bytes {
  const decoded = base64ToBytes(base64);
  if (!decoded.ok) throw Error("not base64");
  return decoded.value;
}
