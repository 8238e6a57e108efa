import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  openPasskeyName,
  type PasskeySlot,
  readPasskeySlot,
  sealPasskeyName,
  unwrapWithPasskey,
  wrapUnderPasskey,
} from "../../../extension/vault/passkey-slot.ts";
import { importVaultKey } from "../../../extension/vault/vault-key.ts";
import { type Bytes, base64ToBytes } from "../../../shared/bytes.ts";
import { ok } from "../../../shared/result.ts";
import frozen from "../../vectors/local-passkey.json" with { type: "json" };

const secret = bytes(frozen.secret);
const vaultKey = bytes(frozen.vaultKey);
const WRONG = { ok: false, error: "wrong-passkey" };
const CORRUPT = { ok: false, error: "corrupt" };

describe("the frozen slot of a passkey, made by other code", () => {
  it("gives the frozen vault key", async () => {
    expect(await unwrapWithPasskey(frozenSlot(), frozen, secret)).toEqual(ok(vaultKey));
  });

  it("gives its name under the vault key", async () => {
    expect(await openPasskeyName(await importVaultKey(vaultKey, frozen), frozenSlot())).toBe(frozen.name);
  });

  it("does not open with another secret, however near", async () => {
    for (let bit = 0; bit < 256; bit += 17) {
      const near = secret.slice();
      near[bit >> 3] = (near[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await unwrapWithPasskey(frozenSlot(), frozen, near)).toEqual(WRONG);
    }
  });

  it.each<[string, Partial<PasskeySlot>]>([
    ["another relying party", { rpId: "example.com" }],
    ["other transports", { transports: ["usb"] }],
    ["another time of making", { madeAt: 5 }],
    ["a changed ciphertext", { sealed: new Uint8Array(60) }],
  ])("with %s is damaged, and not a wrong passkey", async (_, change) => {
    expect(await unwrapWithPasskey({ ...frozenSlot(), ...change }, frozen, secret)).toEqual(CORRUPT);
  });

  it.each<[string, Partial<PasskeySlot>]>([
    // What the secret belongs to can't be told from a passkey that gives another one.
    ["another salt", { salt: new Uint8Array(32) }],
    ["another credential", { credentialId: new Uint8Array(20) }],
    ["another commitment", { commitment: new Uint8Array(32) }],
  ])("with %s is no match for the passkey", async (_, change) => {
    expect(await unwrapWithPasskey({ ...frozenSlot(), ...change }, frozen, secret)).toEqual(WRONG);
  });

  it("does not open in another vault, nor under another vault key's name", async () => {
    for (const other of [
      { ...frozen, vaultId: frozen.keyId },
      { ...frozen, keyId: frozen.vaultId },
    ]) {
      expect(await unwrapWithPasskey(frozenSlot(), other, secret)).toEqual(CORRUPT);
    }
  });
});

describe("reading a slot from the database", () => {
  it("takes the frozen one", () => {
    expect(readPasskeySlot(frozenSlot(), frozen)).toEqual(ok(frozenSlot()));
  });

  it.each([
    ["the row of another passkey", { id: "passkey/AAAA" }, "corrupt"],
    ["no passkey's row", { id: "passphrase" }, "corrupt"],
    ["the id of another vault key", { keyId: "x" }, "corrupt"],
    ["a short salt", { salt: new Uint8Array(31) }, "corrupt"],
    ["text for a commitment", { commitment: "text" }, "corrupt"],
    ["no name", { sealedName: undefined }, "corrupt"],
    ["a later version", { version: 2, salt: "of another kind" }, "newer-version"],
  ])("refuses %s", (_, change, error) => {
    expect(readPasskeySlot({ ...frozenSlot(), ...change }, frozen)).toEqual({ ok: false, error });
  });

  it("never throws, whatever is there", () => {
    fc.assert(
      fc.property(fc.anything(), (row) => {
        expect(readPasskeySlot(row, frozen).ok).toBe(false);
      }),
    );
  });
});

describe("wrapping", () => {
  const random = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((value) => Uint8Array.from(value));

  it("opens with the same secret and with no other, for every passkey", async () => {
    await fc.assert(
      fc.asyncProperty(
        random,
        random,
        random,
        fc.array(fc.string()),
        async (key, right, salt, transports) => {
          const header = { credentialId: right.slice(0, 16), salt, rpId: "x", transports, madeAt: 1 };
          const slot = {
            ...(await wrapUnderPasskey(key, frozen, header, right)),
            sealedName: new Uint8Array(),
          };
          const other = right.map((byte) => byte ^ 1);
          expect(readPasskeySlot(slot, frozen)).toEqual(ok(slot));
          expect(await unwrapWithPasskey(slot, frozen, right)).toEqual(ok(key));
          expect(await unwrapWithPasskey(slot, frozen, Uint8Array.from(other))).toEqual(WRONG);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("takes no secret of another length", async () => {
    await expect(wrapUnderPasskey(vaultKey, frozen, frozenSlot(), new Uint8Array(16))).rejects.toThrow();
  });

  it("keeps two slots apart: neither opens with the other's parts", async () => {
    const header = (first: number) => ({
      ...{ credentialId: new Uint8Array(16).fill(first), salt: new Uint8Array(32).fill(first) },
      ...{ rpId: "x", transports: [], madeAt: 1 },
    });
    const make = async (first: number): Promise<PasskeySlot> => ({
      ...(await wrapUnderPasskey(vaultKey, frozen, header(first), secret)),
      sealedName: new Uint8Array(),
    });
    const [one, two] = [await make(1), await make(2)];
    expect(await unwrapWithPasskey({ ...one, sealed: two.sealed }, frozen, secret)).toEqual(CORRUPT);
    expect(await unwrapWithPasskey({ ...one, commitment: two.commitment }, frozen, secret)).toEqual(WRONG);
    expect(await unwrapWithPasskey({ ...one, ...header(2) }, frozen, secret)).toEqual(WRONG);
    const swapped = { ...one, ...header(2), commitment: two.commitment };
    expect(await unwrapWithPasskey(swapped, frozen, secret)).toEqual(CORRUPT);
  });

  it("binds a name to its passkey", async () => {
    const key = await importVaultKey(vaultKey, frozen);
    const slot = frozenSlot();
    const sealedName = await sealPasskeyName(key, slot.credentialId, "bob");
    expect(await openPasskeyName(key, { ...slot, sealedName })).toBe("bob");
    const elsewhere = { ...slot, sealedName, credentialId: new Uint8Array(20) };
    expect(await openPasskeyName(key, elsewhere)).toBeNull();
  });
});

function frozenSlot(): PasskeySlot {
  const { credentialId, salt, commitment, sealed, sealedName, id, version, ...rest } = frozen.slot;
  return {
    ...rest,
    id: id as PasskeySlot["id"],
    version: version as 1,
    keyId: frozen.keyId,
    credentialId: bytes(credentialId),
    salt: bytes(salt),
    commitment: bytes(commitment),
    sealed: bytes(sealed),
    sealedName: bytes(sealedName),
  };
}

function bytes(base64: string): Bytes {
  const decoded = base64ToBytes(base64);
  if (!decoded.ok) throw Error("not base64");
  return decoded.value;
}
