import { type Bytes, utf8Decode } from "../../bytes.ts";

/** Of Windows in Western Europe and America, in countries that write Cyrillic, and in China. */
export type CodePage = "windows-1252" | "windows-1251" | "gb18030";

/** A text, and the code page that was guessed for its letters outside ASCII; null where nothing had to be. */
export type FileText = { readonly text: string; readonly codePage: CodePage | null };

/**
 * Decodes a file that is text: UTF-8, else UTF-16 with a byte order mark or by the zeros in it, else what an XML document
 * says of itself, else a code page of Windows, as Excel still saves tables. What codes are made of is ASCII and the same
 * in all of these but UTF-16: a wrong guess spoils names at the most, so it is one to be told of.
 *
 * @returns null where the bytes are no text
 */
export function decodeText(bytes: Bytes): FileText | null {
  const said = markedEncoding(bytes);
  if (said !== null) return sure(decoded(bytes, said));
  const text = utf8Decode(bytes);
  // A text has no NUL; what has one is UTF-16, or data that happens to be valid UTF-8.
  if (text.ok && !text.value.includes("\0")) return sure(text.value.replace(/^\ufeff/, ""));
  const wide = wideEncoding(bytes);
  if (wide !== null) return sure(withoutControls(decoded(bytes, wide)));
  if (hasControls(bytes)) return null;
  const declared = decoded(bytes, declaredEncoding(bytes));
  if (declared !== null) return sure(declared);
  const codePage = codePageOf(bytes);
  const guessed = codePage && decoded(bytes, codePage);
  return guessed === null ? null : { text: guessed, codePage };
}

function sure(text: string | null): FileText | null {
  return text === null ? null : { text, codePage: null };
}

/** null where these bytes are none of that encoding, or nobody knows it. */
function decoded(bytes: Bytes, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function markedEncoding([first, second]: Bytes): "utf-16le" | "utf-16be" | null {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : null;
}

/** As much of a file as tells its encoding. */
const MOST_LOOKED_AT = 8_192;
/** The part of the characters of a text that are ASCII, whatever the names in it are written in. */
const LEAST_ASCII = 0.2;

/** UTF-16 without a mark: every other byte of what is ASCII is zero, and of what isn't hardly ever the other one. */
function wideEncoding(bytes: Bytes): "utf-16le" | "utf-16be" | null {
  const start = bytes.subarray(0, MOST_LOOKED_AT);
  if (bytes.length < 4 || bytes.length % 2 === 1) return null;
  const zeros = [0, 0];
  for (const [at, byte] of start.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [before = 0, behind = 0] = zeros;
  if (Math.max(before, behind) < (start.length / 2) * LEAST_ASCII) return null;
  if (behind > before * 8) return "utf-16le";
  return before > behind * 8 ? "utf-16be" : null;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the characters that no text has.
const CONTROLS = /[\0-\x08\x0e-\x19\x1b-\x1f]/;

function withoutControls(text: string | null): string | null {
  return text === null || CONTROLS.test(text) ? null : text;
}

/** Bytes that no text of one byte for a letter has: one in nine of what is random. 0x1a ends files of DOS. */
function hasControls(bytes: Bytes): boolean {
  return bytes.some(
    (byte) => (byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1a) || byte === 0x7f,
  );
}

/** "<?xml version="1.0" encoding="ISO-8859-1"?>" */
function declaredEncoding(bytes: Bytes): string {
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  return /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/i.exec(start)?.[1] ?? "";
}

function codePageOf(bytes: Bytes): CodePage | null {
  const { high, inRuns, lower } = countHigh(bytes);
  // Cyrillic comes in whole words, and nearly all of it is small letters.
  if (inRuns > high * 0.5 && lower > high * 0.6) return "windows-1251";
  if (isChinese(bytes)) return "gb18030";
  // Random bytes have more.
  return high < bytes.length / 2 ? "windows-1252" : null;
}

/** Bytes outside ASCII: how many, how many of them in runs of three and more, and how many in the last quarter. */
function countHigh(bytes: Bytes): { high: number; inRuns: number; lower: number } {
  let [high, inRuns, lower, run] = [0, 0, 0, 0];
  for (const byte of bytes) {
    run = byte < 0x80 ? 0 : run + 1;
    if (run > 0) high++;
    if (byte >= 0xe0) lower++;
    if (run >= 3) inRuns += run === 3 ? 3 : 1;
  }
  return { high, inRuns, lower };
}

/**
 * Whether what is outside ASCII comes in pairs, most of which are the punctuation and the first level of GB 2312: the
 * 3,755 characters that nearly all of any Chinese text is made of. In Western Europe's such pairs are rare.
 */
function isChinese(bytes: Bytes): boolean {
  let [pairs, usual] = [0, 0];
  for (let at = 0; at < bytes.length; at++) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) continue;
    const second = bytes[++at] ?? 0;
    const isUsual = (first >= 0xb0 && first <= 0xd7) || (first >= 0xa1 && first <= 0xa3);
    pairs++;
    if (isUsual && second >= 0xa1) usual++;
  }
  return usual > pairs * 0.6;
}
