import * as fc from "fast-check";
import { expect, test } from "vitest";
import { cleanText, readAnswer } from "../../../server/mfa/modules/provider/calls.ts";

/** What a provider answers may be anything: it opens nothing but what says so, and never throws. */

const RIGHT = {
  code: 200,
  data: { has_bound: true, is_valid: true, names: [{ language: "en", name: "x" }] },
};
const NO = { code: 400, errcode: "E", model: "m", reason: "r", type: "t" };
const value = fc.oneof(fc.jsonValue(), fc.constantFrom(RIGHT, NO, 200, "200", true, "true", null, [], {}));

/** A right or a refusing answer of which one field is something else, or gone. */
const altered = fc
  .tuple(
    fc.constantFrom<Readonly<Record<string, unknown>>>(RIGHT, NO),
    fc.constantFrom("code", "data", "errcode", "model", "reason", "type", "__proto__", "constructor"),
    fc.option(value, { nil: undefined }),
  )
  .map(([answer, name, other]) =>
    JSON.stringify(Object.fromEntries([...Object.entries(answer), [name, other]]).valueOf()),
  );

/** Bytes of an answer, cut and twisted. */
const twisted = fc
  .tuple(
    fc.constantFrom(JSON.stringify(RIGHT), JSON.stringify(NO)),
    fc.nat(120),
    fc.string({ unit: "binary" }),
  )
  .map(([text, at, other]) => text.slice(0, at) + other + text.slice(at + other.length));

const deep = fc.nat(50_000).map((depth) => "[".repeat(depth) + "]".repeat(depth));
const text = fc.oneof(
  altered,
  twisted,
  value.map((each) => JSON.stringify(each)),
  fc.string({ unit: "binary" }),
  deep,
);
const status = fc.constantFrom(200, 201, 204, 400, 401, 404, 500, 0);

test("an answer counts as a right code only with status 200, code 200 and is_valid true, as they are written down", () => {
  fc.assert(
    fc.property(status, text, (status, text) => {
      const answer = readAnswer("isCodeValid", { status, text });
      if (!answer.ok) return;
      const said = JSON.parse(text) as typeof RIGHT;
      expect([status, said.code, typeof said.data.is_valid]).toEqual([200, 200, "boolean"]);
      expect(answer.value).toEqual({ is_valid: said.data.is_valid });
    }),
    { numRuns: 2_000 },
  );
});

test("what says no in a form of its own is not taken for words to show", () => {
  fc.assert(
    fc.property(status, text, (status, text) => {
      const answer = readAnswer("bind", { status, text });
      if (answer.ok || typeof answer.error === "string") return;
      for (const part of [answer.error.errcode, answer.error.model, answer.error.reason, answer.error.type])
        expect([...part].length).toBeLessThanOrEqual(300);
      expect(Number.isSafeInteger(answer.error.code)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test("text of others is one line of so many signs, and turns and hides nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 40 }), (said, longest) => {
      const clean = cleanText(said, longest);
      expect([...clean].length).toBeLessThanOrEqual(longest);
      expect(clean).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    }),
  );
});
