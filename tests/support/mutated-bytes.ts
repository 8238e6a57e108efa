import fc from "fast-check";
import type { Bytes } from "../../shared/bytes.ts";

/** These bytes with some of them changed, cut out, doubled or lost at the end: files as broken disks and hostile hands make them. */
export function mutatedBytes(bytes: Bytes): fc.Arbitrary<Bytes> {
  const place = fc.nat({ max: Math.max(bytes.length - 1, 0) });
  const change = fc.record({
    at: place,
    kind: fc.constantFrom("set", "cut", "double", "end"),
    length: fc.integer({ min: 1, max: 40 }),
    value: fc.nat({ max: 255 }),
  });
  return fc.array(change, { minLength: 1, maxLength: 6 }).map((changes) => {
    let mutated = [...bytes];
    for (const { at, kind, length, value } of changes) {
      if (kind === "set") mutated[at % Math.max(mutated.length, 1)] = value;
      else if (kind === "cut") mutated.splice(at, length);
      else if (kind === "double") mutated.splice(at, 0, ...mutated.slice(at, at + length));
      else if (value < 64) mutated = mutated.slice(0, at);
    }
    return Uint8Array.from(mutated);
  });
}
