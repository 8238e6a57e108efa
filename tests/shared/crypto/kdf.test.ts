import { argon2Sync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bytes, bytesToHex, hexToBytes, utf8 } from "../../../shared/bytes.ts";
import { argon2id, hkdf } from "../../../shared/crypto/kdf.ts";
import { normalizePassphrase, passphraseBytes } from "../../../shared/crypto/passphrase.ts";

/** RFC 5869, appendix A.1 to A.3. */
const HKDF_CASES = [
  {
    name: "A.1",
    key: "0b".repeat(22),
    salt: "000102030405060708090a0b0c",
    info: "f0f1f2f3f4f5f6f7f8f9",
    okm: "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
  },
  {
    name: "A.2",
    key: range(0x00, 0x50),
    salt: range(0x60, 0xb0),
    info: range(0xb0, 0x100),
    okm: "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
  },
];

describe("HKDF-SHA256", () => {
  it.each(HKDF_CASES)("gives the output of RFC 5869, $name", async ({ key, salt, info, okm }) => {
    expect(bytesToHex(await hkdf(hex(key), hex(info), okm.length / 2, hex(salt)))).toBe(okm);
  });

  it("takes a salt of zeros where none is given, as RFC 5869, A.3, does", async () => {
    expect(bytesToHex(await hkdf(hex("0b".repeat(22)), new Uint8Array(), 42))).toBe(
      "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    );
  });
});

/** From test.c of the reference implementation, github.com/P-H-C/phc-winner-argon2, version 0x13. */
const ARGON2_CASES = [
  {
    memoryKib: 65536,
    iterations: 2,
    parallelism: 1,
    password: "password",
    salt: "somesalt",
    tag: "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
  },
  {
    memoryKib: 256,
    iterations: 2,
    parallelism: 1,
    password: "password",
    salt: "somesalt",
    tag: "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
  },
  {
    memoryKib: 256,
    iterations: 2,
    parallelism: 2,
    password: "password",
    salt: "somesalt",
    tag: "6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037",
  },
];

describe("Argon2id", () => {
  it.each(ARGON2_CASES)(
    "gives the reference's tag for m=$memoryKib t=$iterations p=$parallelism",
    async (given) => {
      const tag = await argon2id(utf8(given.password), utf8(given.salt), given);
      expect(bytesToHex(tag)).toBe(given.tag);
    },
  );

  it("agrees with an implementation that gives the tag of RFC 9106, section 5.3", async () => {
    // The RFC's vector has associated data, which ours does not take: so it is shown through a second implementation.
    const rfc = {
      message: Buffer.alloc(32, 1),
      nonce: Buffer.alloc(16, 2),
      secret: Buffer.alloc(8, 3),
      associatedData: Buffer.alloc(12, 4),
      parallelism: 4,
      memory: 32,
      passes: 3,
      tagLength: 32,
    };
    expect(argon2Sync("argon2id", rfc).toString("hex")).toBe(
      "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659",
    );
    const cost = fc.record({
      memoryKib: fc.integer({ min: 64, max: 512 }),
      iterations: fc.integer({ min: 1, max: 3 }),
      parallelism: fc.integer({ min: 1, max: 4 }),
    });
    const password = fc.uint8Array({ minLength: 1, maxLength: 80 });
    const salt = fc.uint8Array({ minLength: 16, maxLength: 32 });
    await fc.assert(
      fc.asyncProperty(cost, password, salt, async (given, message, nonce) => {
        const { memoryKib: memory, iterations: passes, parallelism } = given;
        const theirs = argon2Sync("argon2id", { message, nonce, memory, passes, parallelism, tagLength: 32 });
        const ours = await argon2id(new Uint8Array(message), new Uint8Array(nonce), given);
        expect(bytesToHex(ours)).toBe(theirs.toString("hex"));
      }),
      { numRuns: 25 },
    );
  });
});

describe("passphrases", () => {
  it("are the same bytes however their characters were composed or how wide they were typed", () => {
    expect(passphraseBytes("e\u0301tage")).toEqual(passphraseBytes("\u00e9tage"));
    expect(passphraseBytes("ａｂｃ　１２３")).toEqual(passphraseBytes("abc 123"));
  });

  it("keep blanks, case and everything else", () => {
    expect(normalizePassphrase("  Correct horse  ")).toBe("  Correct horse  ");
    expect(normalizePassphrase("动态口令 🔑")).toBe("动态口令 🔑");
  });

  it("do not change by being normalised again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (typed) => {
        expect(normalizePassphrase(normalizePassphrase(typed))).toBe(normalizePassphrase(typed));
      }),
    );
  });
});

function range(from: number, to: number): string {
  return bytesToHex(Uint8Array.from({ length: to - from }, (_, at) => from + at));
}

function hex(text: string): Bytes {
  const bytes = hexToBytes(text);
  if (!bytes.ok) throw Error("not hexadecimal");
  return bytes.value;
}
