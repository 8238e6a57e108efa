import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  draftToForm,
  EMPTY_FORM,
  type EntryFormState,
  formToDraft,
  splitTags,
} from "../../../extension/ui/entry-form-state.ts";
import type { EntryDraft } from "../../../shared/otp/entry.ts";

const filled: EntryFormState = {
  ...EMPTY_FORM,
  issuer: "Harbour",
  account: "alice",
  secret: "JBSWY3DPEHPK3PXP",
};
const problemOf = (patch: Partial<EntryFormState>) => {
  const draft = formToDraft({ ...filled, ...patch });
  return draft.ok ? null : draft.error;
};

describe("what was typed", () => {
  test("becomes a draft with the usual parameters", () => {
    expect(formToDraft(filled)).toEqual({
      ok: true,
      value: {
        type: "totp",
        issuer: "Harbour",
        account: "alice",
        secret: "JBSWY3DPEHPK3PXP",
        algorithm: "SHA1",
        digits: 6,
        period: 30,
        counter: null,
        pin: null,
        sites: [],
        tags: [],
        note: "",
      },
    });
  });

  test("may be a key in groups, in lower case, with dashes and padding", () => {
    for (const secret of ["jbsw y3dp ehpk 3pxp", "JBSW-Y3DP-EHPK-3PXP", " JBSWY3DPEHPK3PXP== "]) {
      expect(formToDraft({ ...filled, secret }), secret).toMatchObject({
        value: { secret: "JBSWY3DPEHPK3PXP" },
      });
    }
  });

  test("is named where it can't be used", () => {
    expect(problemOf({ secret: "  " })).toBe("secret-missing");
    expect(problemOf({ secret: "JBSW1" })).toBe("secret-not-base32");
    expect(problemOf({ secret: "密钥" })).toBe("secret-not-base32");
    for (const digits of ["4", "11", "", "6.5", "-6", "six", "６"])
      expect(problemOf({ digits }), digits).toBe("digits-out-of-range");
    for (const period of ["0", "", "-30", "30.5", "1e3"])
      expect(problemOf({ period }), period).toBe("period-out-of-range");
    for (const counter of ["", "-1", "99999999999999999999"])
      expect(problemOf({ type: "hotp", counter }), counter).toBe("counter-out-of-range");
  });

  test("of fields that the type does not have is not looked at", () => {
    expect(problemOf({ type: "hotp", period: "never" })).toBeNull();
    expect(problemOf({ counter: "never" })).toBeNull();
    expect(
      formToDraft({ ...filled, type: "steam", digits: "9", period: "x", algorithm: "SHA512" }),
    ).toMatchObject({
      value: { digits: 5, period: 30, algorithm: "SHA1", counter: null },
    });
  });

  test("keeps unusual parameters as they are", () => {
    expect(formToDraft({ ...filled, digits: "10", period: "1", algorithm: "SHA512" })).toMatchObject({
      value: { digits: 10, period: 1, algorithm: "SHA512" },
    });
    expect(formToDraft({ ...filled, type: "hotp", counter: "9007199254740991" })).toMatchObject({
      value: { counter: Number.MAX_SAFE_INTEGER, period: null },
    });
  });
});

test("tags are cut at the commas of either script, without blanks and doubles", () => {
  expect(splitTags("work, home，工作、 生活;;；work")).toEqual(["work", "home", "工作", "生活"]);
  expect(splitTags(" , ，")).toEqual([]);
});

const anyName = fc.string({ maxLength: 20 }).map((text) => text.trim());
const anyDraft: fc.Arbitrary<EntryDraft> = fc
  .record({
    issuer: anyName,
    account: anyName,
    secret: fc.stringMatching(/^[A-Z2-7]{2,40}$/),
    algorithm: fc.constantFrom("SHA1" as const, "SHA256" as const, "SHA512" as const),
    digits: fc.integer({ min: 5, max: 10 }),
    sites: fc.array(fc.domain(), { maxLength: 3 }),
    tags: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 3 }),
    note: fc.string(),
    counter: fc.nat(),
    period: fc.integer({ min: 1, max: 100_000 }),
    type: fc.constantFrom("totp" as const, "hotp" as const),
  })
  .map(({ type, counter, period, ...rest }) => ({
    ...rest,
    type,
    pin: null,
    ...(type === "hotp" ? { counter, period: null } : { counter: null, period }),
  }));

test("a draft that goes through the form comes out the same", () => {
  fc.assert(
    fc.property(anyDraft, (draft) => {
      expect(formToDraft(draftToForm(draft))).toEqual({ ok: true, value: draft });
    }),
  );
});

test("whatever is typed, the form answers with a draft or a reason and never throws", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 20 });
  const anyForm = fc.record({
    type: fc.constantFrom("totp" as const, "hotp" as const, "steam" as const),
    issuer: text,
    account: text,
    secret: text,
    algorithm: fc.constant("SHA1" as const),
    digits: text,
    period: text,
    counter: text,
    sites: fc.constant([]),
    tags: text,
    note: text,
    pin: fc.option(text),
    kept: fc.constant(null),
  });
  fc.assert(
    fc.property(anyForm, (form) => {
      expect(typeof formToDraft(form).ok).toBe("boolean");
    }),
  );
});
