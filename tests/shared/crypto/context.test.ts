import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesToHex } from "../../../shared/bytes.ts";
import { CTX } from "../../../shared/crypto/context.ts";
import vectors from "../../vectors/local-context.json" with { type: "json" };

describe("CTX", () => {
  it.each(vectors)("gives the frozen bytes for $label", ({ label, fields, hex }) => {
    expect(bytesToHex(CTX(label, ...fields))).toBe(hex);
  });

  it("gives the same bytes only for the same label and fields", () => {
    const input = fc.tuple(
      fc.string({ maxLength: 5 }).filter((label) => !label.includes("\0")),
      fc.array(fc.string({ maxLength: 4, unit: fc.constantFrom("a", "\0", "\u0001") }), { maxLength: 4 }),
    );
    fc.assert(
      fc.property(input, input, ([labelA, fieldsA], [labelB, fieldsB]) => {
        const same = JSON.stringify([labelA, fieldsA]) === JSON.stringify([labelB, fieldsB]);
        expect(bytesToHex(CTX(labelA, ...fieldsA)) === bytesToHex(CTX(labelB, ...fieldsB))).toBe(same);
      }),
    );
  });

  it("takes a number as its decimal text and bytes as they are", () => {
    expect(CTX("a", 10)).toEqual(CTX("a", "10"));
    expect(CTX("a", new Uint8Array([0x31, 0x30]))).toEqual(CTX("a", "10"));
  });

  it("refuses a label with a NUL and a number that is not exact", () => {
    expect(() => CTX("a\0b")).toThrow("label");
    expect(() => CTX("a", 2 ** 53)).toThrow("safe integer");
    expect(() => CTX("a", 0.5)).toThrow("safe integer");
  });
});
