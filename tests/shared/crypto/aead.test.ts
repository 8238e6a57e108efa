import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bytes, concatBytes, hexToBytes } from "../../../shared/bytes.ts";
import { importAeadKey, openAead, sealAead } from "../../../shared/crypto/aead.ts";

/** McGrew and Viega, The Galois/Counter Mode of Operation, appendix B, test cases 14 and 16. */
const GCM_CASES = [
  {
    name: "test case 14",
    key: "00".repeat(32),
    nonce: "00".repeat(12),
    aad: "",
    plaintext: "00".repeat(16),
    sealed: "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919",
  },
  {
    name: "test case 16",
    key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
    nonce: "cafebabefacedbaddecaf888",
    aad: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    plaintext:
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    sealed:
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b",
  },
];

const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes): Bytes => new Uint8Array(bytes));

describe("AES-256-GCM", () => {
  it.each(GCM_CASES)("opens $name of the specification", async ({ key, nonce, aad, plaintext, sealed }) => {
    const opened = await openAead(
      await importAeadKey(hex(key)),
      concatBytes(hex(nonce), hex(sealed)),
      hex(aad),
    );
    expect(opened).toEqual({ ok: true, value: hex(plaintext) });
  });

  it("opens what it sealed, and never seals twice under the same nonce", async () => {
    const key = await randomKey();
    await fc.assert(
      fc.asyncProperty(anyBytes, anyBytes, async (plaintext, aad) => {
        const [once, again] = [await sealAead(key, plaintext, aad), await sealAead(key, plaintext, aad)];
        expect(await openAead(key, once, aad)).toEqual({ ok: true, value: plaintext });
        expect(once.subarray(0, 12)).not.toEqual(again.subarray(0, 12));
      }),
    );
  });

  it("refuses any single changed bit, other associated data, another key and every cut", async () => {
    const key = await randomKey();
    const aad = new Uint8Array([1, 2, 3]);
    const sealed = await sealAead(key, new Uint8Array([4, 5, 6]), aad);
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = sealed.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await openAead(key, changed, aad)).toEqual({ ok: false, error: "corrupt" });
    }
    for (let length = 0; length < sealed.length; length++) {
      expect((await openAead(key, sealed.slice(0, length), aad)).ok).toBe(false);
    }
    expect((await openAead(key, sealed, new Uint8Array([1, 2]))).ok).toBe(false);
    expect((await openAead(await randomKey(), sealed, aad)).ok).toBe(false);
  });

  it("throws for a key that is not for AES-GCM instead of calling the data damaged", async () => {
    const wrong = await crypto.subtle.importKey("raw", new Uint8Array(32), "AES-CBC", false, ["decrypt"]);
    await expect(openAead(wrong, new Uint8Array(40), new Uint8Array())).rejects.toThrow();
  });

  it("takes keys of 32 bytes only", () => {
    expect(() => importAeadKey(new Uint8Array(16))).toThrow("32 bytes");
  });
});

function randomKey(): Promise<CryptoKey> {
  return importAeadKey(crypto.getRandomValues(new Uint8Array(32)));
}

function hex(text: string): Bytes {
  const bytes = hexToBytes(text);
  if (!bytes.ok) throw Error("not hexadecimal");
  return bytes.value;
}
