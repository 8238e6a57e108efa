import { err, ok, type Result } from "./result.ts";

/** Bytes that WebCrypto takes as they are: TypeScript tells them from views of a SharedArrayBuffer. */
export type Bytes = Uint8Array<ArrayBuffer>;

const BASE32_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Blanks of any script, zero-width characters and dashes of any length: what pages put between groups of a secret. */
const BASE32_SEPARATORS = /[\s\p{Pd}\u200b-\u200d\u2060]/gu;

/**
 * Base32 text as people and services write it, brought to the one spelling that entries hold.
 *
 * @param text lower or upper case, with blanks, dashes and padding
 * @returns upper case without blanks, dashes and padding. Characters whose bits fill no byte are kept: what came in
 *   can be given back.
 */
export function cleanBase32(text: string): Result<string, "not-base32" | "empty"> {
  const bare = text.replace(BASE32_SEPARATORS, "").replace(/=+$/, "");
  if (bare === "") return err("empty");
  // Tested before toUpperCase, which turns letters like ı and ſ into ASCII ones.
  if (!/^[A-Za-z2-7]+$/.test(bare)) return err("not-base32");
  return ok(bare.toUpperCase());
}

/**
 * Decodes base32 (RFC 4648 section 6), tolerant of the spellings that cleanBase32 accepts.
 *
 * @returns floor(5n/8) bytes: bits left over are dropped whatever they are and whatever the length, because real
 *   services hand out such secrets. "empty" where not even one byte remains.
 */
export function base32Decode(text: string): Result<Bytes, "not-base32" | "empty"> {
  const clean = cleanBase32(text);
  if (!clean.ok) return clean;
  const bytes = new Uint8Array(Math.floor((clean.value.length * 5) / 8));
  if (bytes.length === 0) return err("empty");
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (const character of clean.value) {
    buffer = ((buffer << 5) | BASE32_ALPHABET.indexOf(character)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = buffer >>> bits;
  }
  return ok(bytes);
}

/** Encodes as base32 (RFC 4648 section 6): upper case, no padding. */
export function base32Encode(bytes: Uint8Array): string {
  let text = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32_ALPHABET.charAt((buffer >>> bits) & 31);
    }
  }
  return bits > 0 ? text + BASE32_ALPHABET.charAt((buffer << (5 - bits)) & 31) : text;
}

/** Encodes as base64 (RFC 4648 section 4) with padding. */
export function bytesToBase64(bytes: Uint8Array): string {
  // In pieces: a call takes only so many arguments.
  const piece = 0x8000;
  let binary = "";
  for (let at = 0; at < bytes.length; at += piece) {
    // Spread out it would be read by its iterator, byte for byte, which takes several times as long.
    binary += String.fromCharCode.apply(null, bytes.subarray(at, at + piece) as unknown as number[]);
  }
  return btoa(binary);
}

/** Decodes base64 (RFC 4648 section 4); blanks and line breaks are skipped and padding may be missing. */
export function base64ToBytes(text: string): Result<Bytes, "not-base64"> {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return err("not-base64");
  }
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return ok(bytes);
}

/** Encodes as base64url (RFC 4648 section 5) without padding. */
export function bytesToBase64url(bytes: Uint8Array): string {
  return bytesToBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Decodes base64url (RFC 4648 section 5), with or without padding; "+" and "/" are not of its alphabet. */
export function base64urlToBytes(text: string): Result<Bytes, "not-base64"> {
  if (/[+/]/.test(text)) return err("not-base64");
  return base64ToBytes(text.replaceAll("-", "+").replaceAll("_", "/"));
}

const BASE64URL_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** By the code of the letter. */
const BASE64URL_VALUES: readonly (number | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const value = BASE64URL_ALPHABET.indexOf(String.fromCharCode(code));
  return value < 0 ? undefined : value;
});

/**
 * Decodes base64url (RFC 4648 section 5) that is the one spelling of its bytes, as bytesToBase64url writes it: no padding,
 * no blanks, and nothing in the bits that fill no byte. In one go: a log has a thousand of them.
 */
export function exactBase64urlToBytes(text: string): Result<Bytes, "not-base64"> {
  if (text.length % 4 === 1) return err("not-base64");
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [buffer, bits, at] = [0, 0, 0];
  for (let letter = 0; letter < text.length; letter++) {
    const value = BASE64URL_VALUES[text.charCodeAt(letter)];
    if (value === undefined) return err("not-base64");
    buffer = (buffer << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = buffer >>> bits;
    buffer &= (1 << bits) - 1;
  }
  return buffer === 0 ? ok(bytes) : err("not-base64");
}

/** Encodes as lower-case hexadecimal. */
export function bytesToHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

/** Decodes hexadecimal of either case, without blanks. */
export function hexToBytes(text: string): Result<Bytes, "not-hex"> {
  if (text.length % 2 === 1 || !/^[0-9a-fA-F]*$/.test(text)) return err("not-hex");
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(text.slice(at * 2, at * 2 + 2), 16);
  return ok(bytes);
}

/** Made once: making one takes longer than what it does with a short text. */
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Encodes text as UTF-8; a lone surrogate becomes U+FFFD. */
export function utf8(text: string): Bytes {
  // TypeScript 7 types the result of encode() as a view of any buffer; it always owns a plain one.
  return encoder.encode(text) as Bytes;
}

/** Decodes UTF-8; a byte order mark is kept as a character. */
export function utf8Decode(bytes: Uint8Array): Result<string, "not-utf8"> {
  try {
    return ok(decoder.decode(bytes));
  } catch {
    return err("not-utf8");
  }
}

/** All parts, one after the other, in a new array. */
export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Compares without leaving early: the time depends on the lengths only, never on where the bytes differ. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at++) difference |= (a[at] ?? 0) ^ (b[at] ?? 0);
  return difference === 0;
}
