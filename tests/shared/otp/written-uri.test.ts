import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatOtpauthUri, hasOtpauthUri, parseOtpauthUri } from "../../../shared/otp/otpauth-uri.ts";
import { wholeSecret } from "../../../shared/otp/whole-secret.ts";

const anyName = fc
  .oneof(
    fc.string({ unit: "grapheme" }),
    fc
      .array(
        fc.constantFrom("a", "B", ":", "+", "%", "%41", "#", "&", "&amp;", "?", "/", "=", " ", "🏴‍☠️", "示"),
      )
      .map((parts) => parts.join("")),
    fc.constantFrom("Steam", "steam", "Text: More Text", ":", "::", "\\u0026"),
  )
  .map((name) => name.toWellFormed().trim());

const anyEntry = fc
  .record({
    type: fc.constantFrom("totp", "hotp", "steam" as const),
    issuer: anyName,
    account: anyName,
    secret: fc.stringMatching(/^[A-Z2-7]{2,100}$/),
    algorithm: fc.constantFrom("SHA1", "SHA256", "SHA512" as const),
    digits: fc.integer({ min: 5, max: 10 }),
    period: fc.oneof(fc.constant(30), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
    counter: fc.oneof(fc.nat(), fc.maxSafeNat()),
  })
  .map((entry) => ({
    ...entry,
    digits: entry.type === "steam" ? 5 : entry.digits,
    period: entry.type === "hotp" ? null : entry.period,
    counter: entry.type === "hotp" ? entry.counter : null,
  }));

describe("the writer of URIs", () => {
  test("is read back exactly, but for bits of the secret that fill no byte", () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        const result = parseOtpauthUri(formatOtpauthUri(entry));
        expect(result.ok && result.value.draft).toEqual({
          ...entry,
          secret: wholeSecret(entry.secret),
          pin: null,
        });
      }),
      { numRuns: 2000 },
    );
  });

  test("writes what the Key URI format describes", () => {
    const alice = {
      issuer: "Example & Söhne",
      account: "alice+otp@example.com",
      secret: "JBSWY3DPEHPK3PXP",
      algorithm: "SHA256",
      digits: 8,
    } as const;
    expect(formatOtpauthUri({ ...alice, type: "totp", period: 60, counter: null })).toBe(
      "otpauth://totp/Example%20%26%20S%C3%B6hne%3Aalice%2Botp%40example.com" +
        "?secret=JBSWY3DPEHPK3PXP&issuer=Example%20%26%20S%C3%B6hne&algorithm=SHA256&digits=8&period=60",
    );
    expect(formatOtpauthUri({ ...alice, type: "hotp", issuer: "", period: null, counter: 7 })).toBe(
      "otpauth://hotp/alice%2Botp%40example.com?secret=JBSWY3DPEHPK3PXP&algorithm=SHA256&digits=8&counter=7",
    );
  });

  test("is understood by an independent reader", async () => {
    const { URI } = await import("otpauth");
    fc.assert(
      fc.property(anyEntry, (entry) => {
        fc.pre(entry.type !== "steam" && entry.account !== "" && entry.issuer !== "");
        fc.pre(!entry.issuer.includes(":"));
        const read = URI.parse(formatOtpauthUri(entry));
        expect(read).toMatchObject({
          issuer: entry.issuer,
          label: entry.account,
          algorithm: entry.algorithm,
          digits: entry.digits,
          ...(entry.type === "hotp" ? { counter: entry.counter } : { period: entry.period }),
        });
      }),
    );
  });

  test("writes half a character as the sign for an unknown one", () => {
    fc.assert(
      fc.property(anyEntry, fc.integer({ min: 0xd800, max: 0xdfff }), (entry, unit) => {
        const account = `bob${String.fromCharCode(unit)}`;
        const result = parseOtpauthUri(formatOtpauthUri({ ...entry, issuer: account, account }));
        expect(result).toMatchObject({ value: { draft: { issuer: "bob\ufffd", account: "bob\ufffd" } } });
      }),
    );
  });

  test("throws for types that have no otpauth URI", () => {
    const [bob] = fc.sample(anyEntry, 1);
    for (const type of ["motp", "yandex"] as const) {
      expect(hasOtpauthUri(type)).toBe(false);
      expect(() => formatOtpauthUri({ ...bob!, type })).toThrow();
    }
  });
});
