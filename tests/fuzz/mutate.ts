import { type Bytes, concatBytes, utf8 } from "../../shared/bytes.ts";
import type { Random } from "./random.ts";

/** What readers of texts take for something. */
const PIECES = [
  'null|true|-1|0|1e999|99999999999999999999|"|""|{|}|[|]|,|:|;|\\u0000|\\ud800|<|>|</|&lt;|<!--|<![CDATA[|]]>|&|%|%00|%ff|=|==',
  "__proto__|constructor|otpauth://totp/|otpauth://hotp/a?secret=A|steam://|otpauth-migration://offline?data=|motp://|secret",
  "SHA384|MD5|HOTP|2147483648|-2147483649|\r\n|\n\n|\t|\u0000|\ufeff|🏴|示|A|====",
]
  .flatMap((pieces) => pieces.split("|"))
  .map(utf8);

/** What a value of a JSON text is exchanged for. */
const VALUES: readonly unknown[] = [
  null,
  "",
  "x",
  0,
  -1,
  1.5,
  1e21,
  4_294_967_296,
  true,
  false,
  [],
  {},
  [null],
  [[]],
  { "": "" },
  "0",
  "-1",
  "NaN",
  "JBSWY3DPEHPK3PXP",
  "====",
  "\u0000",
  "otpauth://totp/a?secret=A",
  ["a", 1, null],
  { length: 3 },
  "A".repeat(5_000),
];

/** A sample with one to three changes, or bytes without any sense. */
export function mutated(sample: Bytes, random: Random): Bytes {
  const kind = random.below(20);
  if (kind === 0) return nonsense(sample, random);
  const json = kind < 9 ? jsonOf(sample) : undefined;
  if (json !== undefined) return utf8(JSON.stringify(withChange(json, random)) ?? "null");
  let bytes = sample;
  for (let left = 1 + random.below(3); left > 0; left--) bytes = edited(bytes, random);
  return bytes;
}

/** Random bytes, half of them behind the start of the sample. */
function nonsense(sample: Bytes, random: Random): Bytes {
  const noise = randomBytes(random.below(300), random);
  return random.below(2) === 0 ? noise : concatBytes(sample.subarray(0, random.below(64)), noise);
}

function randomBytes(length: number, random: Random): Bytes {
  return Uint8Array.from({ length }, () => random.below(256));
}

function edited(bytes: Bytes, random: Random): Bytes {
  const at = random.below(bytes.length + 1);
  const end = Math.min(bytes.length, at + 1 + random.below(random.below(4) === 0 ? bytes.length + 1 : 16));
  const [before, part, after] = [bytes.subarray(0, at), bytes.subarray(at, end), bytes.subarray(end)];
  switch (random.below(8)) {
    case 0:
      return concatBytes(before, after);
    case 1:
      return concatBytes(before, part, part, after);
    case 2:
      return concatBytes(before, random.pick(PIECES), part, after);
    case 3:
      return concatBytes(before, random.pick(PIECES), after);
    case 4:
      return concatBytes(before, randomBytes(1 + random.below(8), random), after);
    case 5:
      return concatBytes(before, part);
    case 6:
      return concatBytes(
        before,
        part.map((byte) => byte ^ (1 << random.below(8))),
        after,
      );
    default:
      return concatBytes(
        before,
        part.map(() => random.pick([0, 0xff, 0x7f, 0x80])),
        after,
      );
  }
}

function jsonOf(bytes: Bytes): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** The same value with something in it exchanged, left out or doubled. */
function withChange(value: unknown, random: Random): unknown {
  if (typeof value !== "object" || value === null) return random.pick(VALUES);
  const entries = Object.entries(value);
  if (entries.length === 0 || random.below(8) === 0) return random.pick(VALUES);
  const chosen = random.below(entries.length);
  const changed = entries.flatMap(([key, inner], at): [string, unknown][] => {
    if (at !== chosen) return [[key, inner]];
    const kind = random.below(10);
    if (kind === 0) return [];
    if (kind === 1) return [[`${key}x`, inner]];
    return [[key, withChange(inner, random)]];
  });
  return Array.isArray(value) ? changed.map(([, inner]) => inner) : Object.fromEntries(changed);
}
