import fc from "fast-check";

/** One change to a text: what stands at a place is replaced, repeated, dropped, or exchanged for another part of it. */
type Edit = {
  readonly kind: "insert" | "replace" | "drop" | "repeat" | "swap";
  /** Parts of the length, from 0 to 1. */
  readonly at: number;
  readonly length: number;
  readonly to: number;
  readonly text: string;
};

/** Pieces that readers of URIs, of protobuf in base64 and of JSON take for something. */
const PIECES = (
  "otpauth:// otpauth-migration:// steam:// apple-otpauth:// totp hotp / ? & = : ; %3A % %E9 %00 + # - _ . , 0 -1 1e9 " +
  '9007199254740993 secret= &issuer= &period=0 &digits= &counter= &algorithm=MD5 JBSWY3DP \ud800 \u0000 \u202e 🏴 { } [ ] " ' +
  "null true \\u0000 __proto__ data= AAAA //// &amp; \\u0026"
).split(" ");

const part = fc.double({ min: 0, max: 1, noNaN: true });
const anyEdit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom("insert", "replace", "drop", "repeat", "swap"),
  at: part,
  length: fc.oneof(
    { weight: 4, arbitrary: fc.double({ min: 0, max: 0.03, noNaN: true }) },
    { weight: 1, arbitrary: part },
  ),
  to: part,
  text: fc.oneof(
    fc.constantFrom(...PIECES),
    fc.string({ unit: "binary", maxLength: 3 }),
    fc.integer({ min: 0, max: 0x7f }).map((unit) => String.fromCharCode(unit)),
  ),
});

/** One of the texts with one or two changes. */
export function mutationsOf(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(anyEdit, { minLength: 1, maxLength: 2 }))
    .map(([text, edits]) => edits.reduce(applied, text));
}

/** Any text at all: characters of all planes, halves of pairs, and heaps of pieces that mean something. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
    .map((units) => String.fromCharCode(...units)),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join("")),
  fc
    .tuple(
      fc.constantFrom(
        "otpauth://totp/",
        "otpauth://hotp/?secret=",
        "otpauth-migration://offline?data=",
        "steam://",
      ),
      fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }),
    )
    .map(([start, pieces]) => start + pieces.join("")),
);

function applied(text: string, { kind, at, length, to, text: piece }: Edit): string {
  const start = Math.floor(at * text.length);
  const end = Math.min(text.length, start + Math.ceil(length * text.length));
  const target = Math.floor(to * text.length);
  switch (kind) {
    case "insert":
      return text.slice(0, start) + piece + text.slice(start);
    case "replace":
      return text.slice(0, start) + piece + text.slice(end);
    case "drop":
      return text.slice(0, start) + text.slice(end);
    case "repeat":
      return text.slice(0, end) + text.slice(start);
    case "swap":
      return text.slice(0, target) + text.slice(start, end) + text.slice(target);
  }
}
