import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base32Encode } from "../../../shared/bytes.ts";
import {
  codeAt,
  groupDigits,
  nextCode,
  type OtpParameters,
  secondsLeft,
  stepAt,
} from "../../../shared/otp/code.ts";
import { err, ok } from "../../../shared/result.ts";
import { CORPORA_ABSENT, corpusPath } from "../../support/corpora.ts";
import vectors from "../../vectors/otp-codes.json" with { type: "json" };

const RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

function parameters(changes: Partial<OtpParameters>): OtpParameters {
  return {
    type: "totp",
    secret: RFC_SECRET,
    algorithm: "SHA1",
    digits: 6,
    period: 30,
    counter: null,
    pin: null,
    ...changes,
  };
}

type Vector = {
  secret?: string;
  secretBase32?: string;
  secretHex?: string;
  algorithm?: string;
  digits?: number;
  period?: number;
  counter?: number;
  time?: number;
  pin?: string;
  code: string;
};

function codeOfVector(type: OtpParameters["type"], vector: Vector) {
  return codeAt(
    parameters({
      type,
      secret:
        vector.secret ?? vector.secretBase32 ?? base32Encode(Buffer.from(vector.secretHex ?? "", "hex")),
      // The vectors of these types name only algorithms that entries have.
      algorithm: (vector.algorithm ?? "SHA1") as OtpParameters["algorithm"],
      digits: vector.digits ?? 5,
      period: vector.period ?? (type === "motp" ? 10 : 30),
      counter: vector.counter ?? null,
      pin: vector.pin ?? null,
    }),
    (vector.time ?? 0) * 1000,
  );
}

describe("codes of the published vectors", () => {
  for (const type of ["hotp", "totp", "steam", "motp", "yandex"] as const) {
    test.each(vectors[type] as Vector[])(`${type} $algorithm counter $counter time $time`, (vector) => {
      expect(codeOfVector(type, vector)).toEqual(ok(vector.code));
    });
  }

  test("hold for the whole collection", (context) => {
    const path = corpusPath("otp-vectors.json");
    if (path === null) return context.skip(CORPORA_ABSENT);
    const collection = JSON.parse(readFileSync(path, "utf8"));
    for (const type of ["hotp", "totp", "steam", "motp", "yandex"] as const) {
      expect(collection[type].length).toBeGreaterThan(0);
      for (const vector of collection[type]) {
        expect([vector, codeOfVector(type, vector)]).toEqual([vector, ok(vector.code)]);
      }
    }
  });
});

/** RFC 4226 section 5.3 on Node's own HMAC, written apart from the code under test. */
function truncatedByNode(secret: Uint8Array, algorithm: string, counter: number): number {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const digest = createHmac(algorithm, secret).update(message).digest();
  return digest.readUInt32BE(digest.readUInt8(digest.length - 1) & 15) & 0x7fffffff;
}

const anySecret = fc.uint8Array({ minLength: 1, maxLength: 200 });
const anyAlgorithm = fc.constantFrom("SHA1", "SHA256", "SHA512" as const);
const anyDigits = fc.integer({ min: 5, max: 10 });
const anyTime = fc.integer({ min: 0, max: 253_402_300_799_000 });

describe("codes of any parameters", () => {
  test("of totp agree with an independent implementation", () => {
    fc.assert(
      fc.property(
        anySecret,
        anyAlgorithm,
        anyDigits,
        fc.oneof(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 2 ** 40 })),
        anyTime,
        (secret, algorithm, digits, period, timeMs) => {
          const counter = Number(BigInt(timeMs) / (BigInt(period) * 1000n));
          const code = (at: number) =>
            `${truncatedByNode(secret, algorithm, at) % 10 ** digits}`.padStart(digits, "0");
          const totp = parameters({ secret: base32Encode(secret), algorithm, digits, period });
          expect(codeAt(totp, timeMs)).toEqual(ok(code(counter)));
          expect(nextCode(totp, timeMs)).toEqual(ok(code(counter + 1)));
        },
      ),
    );
  });

  test("of hotp agree with an independent implementation, whatever the time", () => {
    const anyCounter = fc.oneof(fc.nat(), fc.maxSafeNat(), fc.constant(Number.MAX_SAFE_INTEGER));
    fc.assert(
      fc.property(
        anySecret,
        anyAlgorithm,
        anyDigits,
        anyCounter,
        anyTime,
        (secret, algorithm, digits, counter, timeMs) => {
          const code = (at: number) =>
            `${truncatedByNode(secret, algorithm, at) % 10 ** digits}`.padStart(digits, "0");
          const hotp = parameters({
            type: "hotp",
            secret: base32Encode(secret),
            algorithm,
            digits,
            period: null,
            counter,
          });
          expect(codeAt(hotp, timeMs)).toEqual(ok(code(counter)));
          expect(nextCode(hotp, timeMs)).toEqual(ok(code(counter + 1)));
        },
      ),
    );
  });

  test("of steam are the truncated value in base 26", () => {
    fc.assert(
      fc.property(anySecret, anyTime, (secret, timeMs) => {
        const steam = parameters({ type: "steam", secret: base32Encode(secret), digits: 5 });
        const code = codeAt(steam, timeMs);
        const letters = code.ok ? [...code.value].reverse() : [];
        const value = letters.reduce(
          (sum, letter) => sum * 26 + "23456789BCDFGHJKMNPQRTVWXY".indexOf(letter),
          0,
        );
        expect(letters).toHaveLength(5);
        expect(value).toBe(truncatedByNode(secret, "SHA1", Math.floor(timeMs / 30_000)) % 26 ** 5);
      }),
    );
  });

  test("are the same from the library's build for browsers", async () => {
    const { HOTP, Secret } = await import("otpauth/dist/otpauth.esm.js");
    for (const vector of vectors.totp) {
      const code = HOTP.generate({
        secret: Secret.fromBase32(vector.secret),
        algorithm: vector.algorithm,
        digits: vector.digits,
        counter: stepAt(vector.period, vector.time * 1000),
      });
      expect(code).toBe(vector.code);
    }
  });
});

describe("a code is refused", () => {
  test("without the PIN that it is made of, the empty one being one", () => {
    const motp = parameters({ type: "motp", algorithm: "MD5", period: 10 });
    expect(codeAt(motp, 0)).toEqual(err("pin-missing"));
    expect(nextCode(motp, 0)).toEqual(err("pin-missing"));
    expect(codeAt({ ...motp, pin: "" }, 0)).toMatchObject({ ok: true });
    const yandex = parameters({ type: "yandex", secret: "ORSXG5DJNZTXIZLTORUW4ZZRGI" });
    expect(codeAt(yandex, 0)).toEqual(err("pin-missing"));
  });

  test("for a secret of Yandex of another length, or with a checksum that is wrong", () => {
    for (const secret of [RFC_SECRET, "JBSWY3DPEHPK3PXP", "LA2V6KMCGYMWWVEW64RNP3JA3IAAAAAAHTSG4HRZPA"]) {
      expect(codeAt(parameters({ type: "yandex", secret, pin: "1234" }), 0)).toEqual(err("bad-secret"));
    }
  });

  test("for a hash function that no such code is made with", () => {
    expect(codeAt(parameters({ algorithm: "MD5" }), 0)).toEqual(err("unsupported-type"));
  });

  test("for a secret that is none", () => {
    for (const secret of ["", "A", "018"]) {
      expect(codeAt(parameters({ secret }), 0)).toEqual(err("bad-secret"));
    }
  });
});

test("a thousand codes take no time that a person would notice, even on a busy machine", () => {
  const totp = parameters({ algorithm: "SHA512", digits: 8 });
  for (let at = 0; at < 200; at++) codeAt(totp, at * 30_000);
  const start = performance.now();
  for (let at = 0; at < 1000; at++) codeAt(totp, at * 30_000);
  expect((performance.now() - start) / 1000).toBeLessThan(10);
});

describe("time", () => {
  test("counts steps from 1970", () => {
    expect(stepAt(30, 0)).toBe(0);
    expect(stepAt(30, 29_999)).toBe(0);
    expect(stepAt(30, 30_000)).toBe(1);
    expect(stepAt(1, 1_700_000_000_999)).toBe(1_700_000_000);
  });

  test("before 1970 is the first step", () => {
    expect(stepAt(30, -1)).toBe(0);
    expect(secondsLeft(30, -1)).toBe(30);
  });

  test("left is the whole period as a step begins, and never nothing", () => {
    expect(secondsLeft(30, 60_000)).toBe(30);
    expect(secondsLeft(30, 60_001)).toBe(29.999);
    expect(secondsLeft(30, 89_999)).toBe(0.001);
    expect(secondsLeft(60, 90_000)).toBe(30);
  });

  test("left ends exactly where the next step begins", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), anyTime, (period, timeMs) => {
        const endMs = timeMs + Math.round(secondsLeft(period, timeMs) * 1000);
        expect(stepAt(period, endMs)).toBe(stepAt(period, timeMs) + 1);
        expect(stepAt(period, endMs - 1)).toBe(stepAt(period, timeMs));
      }),
    );
  });
});

test.each([
  ["12345", ["12345"]],
  ["123456", ["123", "456"]],
  ["1234567", ["123", "4567"]],
  ["12345678", ["1234", "5678"]],
  ["123456789", ["123", "456", "789"]],
  ["1234567890", ["12345", "67890"]],
  ["", [""]],
])("the code %s is shown as %j", (code, groups) => {
  expect(groupDigits(code)).toEqual(groups);
});
