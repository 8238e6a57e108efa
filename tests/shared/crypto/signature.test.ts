import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bytes, bytesToHex, hexToBytes, utf8 } from "../../../shared/bytes.ts";
import { importSigningKey, isPublicKey, sign, verify } from "../../../shared/crypto/signature.ts";

const hex = (text: string): Bytes => {
  const bytes = hexToBytes(text);
  if (!bytes.ok) throw Error(`not hexadecimal: ${text}`);
  return bytes.value;
};

/** RFC 8032 section 7.1. */
const CASES = [
  {
    name: "TEST 1",
    seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    message: "",
    signature:
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  },
  {
    name: "TEST 2",
    seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    message: "72",
    signature:
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  },
  {
    name: "TEST 3",
    seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    message: "af82",
    signature:
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  },
];

describe("Ed25519", () => {
  it.each(CASES)("is that of RFC 8032, $name", async ({ seed, publicKey, message, signature }) => {
    const key = await importSigningKey(hex(seed));
    expect(bytesToHex(key.publicKey)).toBe(publicKey);
    expect(bytesToHex(await sign(key, hex(message)))).toBe(signature);
    expect(await verify(hex(publicKey), hex(message), hex(signature))).toEqual({
      ok: true,
      value: undefined,
    });
  });

  it("keeps the private key where no script can read it", async () => {
    const { key } = await importSigningKey(hex(CASES[0]?.seed ?? ""));
    await expect(crypto.subtle.exportKey("jwk", key)).rejects.toThrow();
  });

  it("refuses a signature, a message or a key with any one bit changed", async () => {
    const key = await importSigningKey(hex(CASES[1]?.seed ?? ""));
    const message = utf8("alice adds bob");
    const parts = [key.publicKey, message, await sign(key, message)] as const;
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.nat(10_000), async (part, bit) => {
        const changed = parts.map((each) => each.slice());
        const bytes = changed[part] ?? new Uint8Array();
        const at = bit % (bytes.length * 8);
        bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
        const [publicKey = bytes, text = bytes, signature = bytes] = changed;
        expect((await verify(publicKey, text, signature)).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a public key that anybody can sign for", () => {
  /** The points whose order divides 8, and other spellings of them (y and y + p, either sign). */
  const WEAK = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
  ];

  it.each(WEAK)("%s is refused", async (key) => {
    expect(isPublicKey(hex(key))).toBe(false);
    expect(await verify(hex(key), utf8("anything"), new Uint8Array(64))).toEqual({
      ok: false,
      error: "bad-key",
    });
  });

  it("does not vouch for a signature of the neutral point, which some engines let pass for any message", async () => {
    const neutral = hex("0100000000000000000000000000000000000000000000000000000000000000");
    const forged = new Uint8Array(64);
    forged.set(neutral);
    expect(await verify(neutral, utf8("alice owns this"), forged)).toEqual({ ok: false, error: "bad-key" });
  });

  it("is none of those that seeds give", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), async (seed) => {
        expect(isPublicKey((await importSigningKey(new Uint8Array(seed))).publicKey)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
