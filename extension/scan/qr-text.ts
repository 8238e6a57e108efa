import type { QRCode } from "jsqr";
import { guessCharset } from "./guess-charset.ts";

/**
 * Character sets by their ECI assignment number (AIM ECI, part 3) that browsers can decode. 0 to 2 are code page 437
 * or Latin-1, told apart by no generator in use; 26 is UTF-8.
 */
const CHARSET_BY_ECI: Readonly<Record<number, string>> = {
  1: "iso-8859-1",
  3: "iso-8859-1",
  4: "iso-8859-2",
  5: "iso-8859-3",
  6: "iso-8859-4",
  7: "iso-8859-5",
  8: "iso-8859-6",
  9: "iso-8859-7",
  10: "iso-8859-8",
  11: "iso-8859-9",
  15: "iso-8859-13",
  17: "iso-8859-15",
  20: "shift_jis",
  21: "windows-1250",
  22: "windows-1251",
  23: "windows-1252",
  24: "windows-1256",
  25: "utf-16be",
  26: "utf-8",
  27: "iso-8859-1",
  28: "big5",
  29: "gb18030",
  30: "euc-kr",
};

/**
 * The text of a code as jsQR read it.
 *
 * jsQR's own text is empty for every byte segment that is not UTF-8, and breaks a character that is split over two
 * segments. Bytes are therefore decoded here: by the segment's ECI where the code carries one, else as UTF-8 (what
 * generators write), else as guessCharset finds most likely.
 */
export function qrText(chunks: QRCode["chunks"]): string {
  let text = "";
  let charset: string | null = null;
  let bytes: number[] = [];
  const flush = () => {
    text += decodeBytes(new Uint8Array(bytes), charset);
    bytes = [];
  };
  for (const chunk of chunks) {
    // The type is an enum of jsQR's that exists only in its declarations; its values are these strings.
    const type: string = chunk.type;
    if ("assignmentNumber" in chunk) {
      flush();
      charset = CHARSET_BY_ECI[chunk.assignmentNumber] ?? null;
    } else if (type === "byte" && "bytes" in chunk) {
      bytes.push(...chunk.bytes);
    } else if ("text" in chunk) {
      flush();
      text += chunk.text;
    }
  }
  flush();
  return text;
}

function decodeBytes(bytes: Uint8Array, charset: string | null): string {
  if (bytes.length === 0) return "";
  for (const label of [charset ?? "utf-8", "utf-8"]) {
    try {
      return new TextDecoder(label, { fatal: true, ignoreBOM: false }).decode(bytes);
    } catch {
      // Not in this character set (or the browser has no such set): the next one.
    }
  }
  return new TextDecoder(guessCharset(bytes)).decode(bytes);
}
