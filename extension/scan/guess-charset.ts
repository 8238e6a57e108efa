/**
 * Guesses how bytes that are not UTF-8 and come without a named character set were written. ISO/IEC 18004 says
 * Latin-1 (and its older edition JIS X 0201); Japanese and Chinese generators write what their machines use.
 */
export function guessCharset(bytes: Uint8Array): "shift_jis" | "gb18030" | "iso-8859-1" {
  const high = bytes.filter((byte) => byte >= 0x80);
  // The first bytes of most kanji are control characters in Latin-1, which nobody writes.
  if (high.some((byte) => byte < 0xa0)) return isValid(bytes, "shift_jis") ? "shift_jis" : "iso-8859-1";
  // Half-width katakana and nothing else: the accented letters of Latin-1 are mostly above.
  const isKatakana = high.length > 1 && high.every((byte) => byte >= 0xa1 && byte <= 0xdf);
  // The same bytes may be Chinese. A voiced sound mark behind a letter that takes one tells them apart.
  if (isKatakana && bytes.some((byte, i) => byte === 0xde && takesVoicedMark(bytes[i - 1] ?? 0)))
    return "shift_jis";
  if (isPairsOfChinese(bytes)) return "gb18030";
  return isKatakana ? "shift_jis" : "iso-8859-1";
}

/** The rows of ka, sa, ta and ha. */
function takesVoicedMark(byte: number): boolean {
  return (byte >= 0xb6 && byte <= 0xc4) || (byte >= 0xca && byte <= 0xce);
}

/** GB 2312's characters are pairs of high bytes; accented letters hardly ever stand side by side. */
function isPairsOfChinese(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const [first = 0, second = 0] = bytes.subarray(i, i + 2);
    if (first < 0x80) continue;
    if (first < 0xb0 || first > 0xf7 || second < 0xa1 || second > 0xfe) return false;
    i += 1;
  }
  return true;
}

function isValid(bytes: Uint8Array, charset: string): boolean {
  try {
    new TextDecoder(charset, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
