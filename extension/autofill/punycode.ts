/** Bootstring parameters of RFC 3492 section 5. */
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_N = 128;

/**
 * Decodes one label of an internationalised host name (RFC 3492 section 6.2).
 *
 * @param label without its "xn--"
 * @returns the Unicode label, or null where the label is not Punycode
 */
export function decodePunycode(label: string): string | null {
  const hyphen = label.lastIndexOf("-");
  const output = hyphen > 0 ? [...label.slice(0, hyphen)].map((letter) => letter.charCodeAt(0)) : [];
  let n = INITIAL_N;
  let bias = INITIAL_BIAS;
  let i = 0;
  let at = hyphen > 0 ? hyphen + 1 : 0;
  while (at < label.length) {
    const before = i;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      const digit = Number.parseInt(label[at] ?? "", BASE);
      at += 1;
      if (Number.isNaN(digit)) return null;
      // Punycode counts a=0 … z=25, 0=26 … 9=35; parseInt counts the digits first.
      i += (digit < 10 ? digit + 26 : digit - 10) * weight;
      const t = k <= bias ? T_MIN : Math.min(k - bias, T_MAX);
      if ((digit < 10 ? digit + 26 : digit - 10) < t) break;
      weight *= BASE - t;
    }
    bias = adapt(i - before, output.length + 1, before === 0);
    n += Math.floor(i / (output.length + 1));
    i %= output.length + 1;
    if (n > 0x10ffff) return null;
    output.splice(i, 0, n);
    i += 1;
  }
  return String.fromCodePoint(...output);
}

function adapt(delta: number, length: number, first: boolean): number {
  let rest = first ? Math.floor(delta / DAMP) : Math.floor(delta / 2);
  rest += Math.floor(rest / length);
  let k = 0;
  while (rest > ((BASE - T_MIN) * T_MAX) / 2) {
    rest = Math.floor(rest / (BASE - T_MIN));
    k += BASE;
  }
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
