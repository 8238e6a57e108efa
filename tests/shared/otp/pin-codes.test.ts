import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base32Encode } from "../../../shared/bytes.ts";
import { codeAt, nextCode } from "../../../shared/otp/code.ts";
import type { EntryDraft } from "../../../shared/otp/entry.ts";
import { ok } from "../../../shared/result.ts";
import { expectedCodeOf } from "../expected-code-of.ts";

const base = { issuer: "Example", account: "alice", counter: null } as const;
const anyTime = fc.integer({ min: 0, max: 4_000_000_000_000 });

describe("codes made of a PIN", () => {
  test("of Mobile-OTP are those of an independent implementation, and the next one follows", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.string(),
        anyTime,
        (bytes, pin, time) => {
          const kind = { type: "motp", algorithm: "MD5", digits: 6, period: 10 } as const;
          const draft: EntryDraft = {
            ...base,
            ...kind,
            secret: base32Encode(bytes),
            pin: pin.toWellFormed(),
          };
          expect(codeAt(draft, time)).toEqual(ok(expectedCodeOf(draft, time)));
          expect(nextCode(draft, time)).toEqual(codeAt(draft, time + 10_000));
        },
      ),
    );
  });

  test("of Yandex Key are those of an independent implementation, and the next one follows", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.string(),
        anyTime,
        (bytes, pin, time) => {
          const kind = { type: "yandex", algorithm: "SHA256", digits: 8, period: 30 } as const;
          const draft: EntryDraft = {
            ...base,
            ...kind,
            secret: base32Encode(bytes),
            pin: pin.toWellFormed(),
          };
          expect(codeAt(draft, time)).toEqual(ok(expectedCodeOf(draft, time)));
          expect(nextCode(draft, time)).toEqual(codeAt(draft, time + 30_000));
        },
      ),
    );
  });
});
