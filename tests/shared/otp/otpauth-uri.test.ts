import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeAt } from "../../../shared/otp/code.ts";
import { draftToEntry, type EntryDraft, parseEntry } from "../../../shared/otp/entry.ts";
import { formatOtpauthUri, hasOtpauthUri, parseOtpauthUri } from "../../../shared/otp/otpauth-uri.ts";
import type { UriOptions } from "../../../shared/otp/uri-draft.ts";
import { CORPORA_ABSENT, corpusPath } from "../../support/corpora.ts";
import { describeDraft, describeTruth } from "../../support/describe-draft.ts";

type UriCase = {
  point: string;
  uri: string;
  context?: UriOptions["context"];
  pin?: string;
  expect?: Omit<EntryDraft, "pin">;
  notices?: string[];
  labelIssuer?: string;
  refusal?: { reason: string; detail: string };
  correction?: { changed: { period: number }; expect: Omit<EntryDraft, "pin"> };
};

const cases: UriCase[] = JSON.parse(
  readFileSync(new URL("../../fixtures/uris.json", import.meta.url), "utf8"),
);

describe("an OTP URI", () => {
  test.each(cases.filter((item) => item.expect))("is read: $point", (item) => {
    expect(parseOtpauthUri(item.uri, { context: item.context ?? "uri" })).toEqual({
      ok: true,
      value: {
        draft: { ...item.expect, pin: item.pin ?? null },
        notices: item.notices,
        labelIssuer: item.labelIssuer ?? null,
      },
    });
  });

  test.each(cases.filter((item) => item.refusal))("is refused: $point", ({ uri, context, ...item }) => {
    const result = parseOtpauthUri(uri, { context: context ?? "uri" });
    expect(result).toMatchObject({ ok: false, error: item.refusal });
    const correction = result.ok ? null : result.error.correction;
    expect(correction && { changed: correction.changed, expect: correction.read.draft }).toEqual(
      item.correction ? { ...item.correction, expect: { ...item.correction.expect, pin: null } } : null,
    );
  });

  test("is refused when it is longer than any real one, and read in no time up to there", () => {
    const ofLength = (length: number, filler: string) =>
      `otpauth://totp/?secret=JBSWY3DPEHPK3PXP&issuer=`.padEnd(length, filler);
    expect(parseOtpauthUri(ofLength(65_537, "a"))).toMatchObject({ error: { reason: "too-long" } });
    for (const filler of ["a", ":", "%", "%E9", "&", "&secret=B", "+", "🏴", "\\u0026", "="]) {
      const start = performance.now();
      parseOtpauthUri(ofLength(65_536, filler));
      parseOtpauthUri("otpauth://totp/".padEnd(65_536, filler));
      parseOtpauthUri("".padEnd(65_536, filler), { context: "otp-field" });
      expect(performance.now() - start).toBeLessThan(20_000);
    }
  });
});

describe("the reader of URIs", () => {
  const pieces = fc.constantFrom(
    ..."otpauth:// steam:// motp:// totp hotp / ? & = : %3A % %E9 + # secret JBSWY3DP issuer period digits counter 0 -1 \ud800 🏴 \u0000".split(
      " ",
    ),
  );
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
    fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join("")),
    fc.array(pieces, { maxLength: 30 }).map((parts) => `otpauth://totp/${parts.join("")}`),
    fc.array(pieces, { maxLength: 30 }).map((parts) => `otpauth://hotp/?secret=${parts.join("")}`),
    fc.array(pieces, { maxLength: 30 }).map((parts) => `motp://?secret=30edcc8edae50a60&${parts.join("")}`),
  );

  test("never throws, and what it reads is always an entry with a code", () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom("uri", "otp-field", "list" as const), (text, context) => {
        const result = parseOtpauthUri(text, { context });
        const read = result.ok ? result.value : result.error.correction?.read;
        if (read === undefined) return;
        expect(parseEntry(draftToEntry(read.draft, 0)).ok).toBe(true);
        expect(codeAt({ ...read.draft, pin: read.draft.pin ?? "" }, 0).ok).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("never repeats a secret in what it says of a refusal", () => {
    for (const uri of [
      "otpauth://totp/Example:bob?secret=JBSWY3DPEHPK3PX0",
      "otpauth://totp/Example:bob?secret=JBSWY3DPEHPK3PXP&secret=JBSWY3DPEHPK3PXA",
      "otpauth://totp/Example:bob?digits=6secret=JBSWY3DPEHPK3PXP",
      "otpauth://totp/Example:bob?algorithm=SHA1%26secret=JBSWY3DPEHPK3PXP",
      "otpauth://secret=JBSWY3DPEHPK3PXP",
      "JBSWY3DPEHPK3PXP",
    ]) {
      const result = parseOtpauthUri(uri);
      expect(result.ok ? "" : JSON.stringify(result.error)).not.toContain("JBSWY3DP");
      expect(result.ok).toBe(false);
    }
  });
});

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
    secret: fc.stringMatching(/^([A-Z2-7]{8}){0,11}([A-Z2-7][AEIMQUY4]|[A-Z2-7]{8})$/),
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
  test("is read back exactly", () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        const result = parseOtpauthUri(formatOtpauthUri(entry));
        expect(result.ok && result.value.draft).toEqual({ ...entry, pin: null });
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

/** What the collection says in words, and the reason it must be refused with. */
const REASONS_BY_WORDS: readonly [RegExp, string][] = [
  [/negative period/, "period-negative"],
  [/period 0/, "period-zero"],
  [/empty secret/, "empty-secret"],
  [/unknown algorithm/, "unknown-algorithm"],
  [/outside base32/, "secret-not-base32"],
  [/two different secrets/, "conflicting-parameters"],
  [/^no secret/, "no-secret"],
  [/digits 0|more than 10 digits/, "digits-out-of-range"],
  [/negative counter/, "counter-negative"],
  [/mOTP without secret/, "no-parameters"],
  [/Microsoft Authenticator activation/, "microsoft-push"],
  [/Duo activation/, "duo-push"],
  [/unknown scheme/, "unknown-scheme"],
  [/unknown type/, "unknown-type"],
  [/no parameters/, "no-parameters"],
];

/** Cases of the collection that may be accepted or refused, and are refused here. */
const REFUSED_OF_EITHER = new Set(["digits-out-of-range"]);

describe("the collection of URIs", () => {
  const path = corpusPath("otp-uris.json");

  test("passes whole", (context) => {
    if (path === null) return context.skip(CORPORA_ABSENT);
    const collection = JSON.parse(readFileSync(path, "utf8")).cases;
    expect(collection.length).toBeGreaterThan(60);
    for (const item of collection) {
      if (item.expect?.many !== undefined) continue; // The reader of exports has it: google-migration.test.ts.
      const result = parseOtpauthUri(item.uri, { context: item.context ?? "uri" });
      if (item.error !== undefined) {
        const reason = REASONS_BY_WORDS.find(([words]) => words.test(item.error))?.[1];
        expect([item.uri, result]).toMatchObject([item.uri, { ok: false, error: { reason } }]);
        if (item.acceptCorrection) {
          expect(!result.ok && result.error.correction?.changed).toEqual(item.acceptCorrection);
        }
      } else if (result.ok) {
        const code = result.value.notices.includes("pin-missing") && { code: "pin-missing" };
        const truth = { ...describeTruth(item.expect), ...code };
        expect([item.uri, describeDraft(result.value.draft)]).toEqual([item.uri, truth]);
        if (item.expect.secretBase32) expect(result.value.draft.secret).toBe(item.expect.secretBase32);
      } else {
        expect([item.uri, item.acceptEither]).toEqual([item.uri, true]);
        expect(REFUSED_OF_EITHER).toContain(result.error.reason);
      }
    }
  });
});
