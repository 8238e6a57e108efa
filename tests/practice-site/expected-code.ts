import { createHmac } from "node:crypto";

/**
 * The site's own idea of a right code, written from the RFCs with Node's crypto alone. It must stay a stranger to
 * shared/ and extension/: two implementations that share a line can be wrong together.
 */
export const HASHES = { SHA1: "sha1", SHA256: "sha256", SHA512: "sha512" } as const;
export type Algorithm = keyof typeof HASHES;

const STEAM_ALPHABET = "23456789BCDFGHJKMNPQRTVWXY";
const BASE32_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** HOTP, RFC 4226 section 5.3: the decimal code of a counter, with leading zeros. */
export function hotpCode(secret: Buffer, counter: number, algorithm: Algorithm, digits: number): string {
  return String(truncatedHash(secret, counter, algorithm) % 10 ** digits).padStart(digits, "0");
}

/** Steam Guard: the same truncated hash (always SHA-1), written as five characters of its own alphabet. */
export function steamCode(secret: Buffer, counter: number): string {
  let rest = truncatedHash(secret, counter, "SHA1");
  let code = "";
  for (let place = 0; place < 5; place++) {
    code += STEAM_ALPHABET[rest % STEAM_ALPHABET.length];
    rest = Math.floor(rest / STEAM_ALPHABET.length);
  }
  return code;
}

/** The number of the time step, RFC 6238 section 4.2, with T0 = 0. */
export function timeStep(timeMs: number, period: number): number {
  return Math.floor(timeMs / 1000 / period);
}

/** Base32, RFC 4648 section 6, without padding. */
export function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => BASE32_ALPHABET[Number.parseInt(group.padEnd(5, "0"), 2)]).join("");
}

function truncatedHash(secret: Buffer, counter: number, algorithm: Algorithm): number {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const hash = createHmac(HASHES[algorithm], secret).update(message).digest();
  // Dynamic truncation: the low four bits of the last byte say where the 31 bits begin.
  const offset = (hash.at(-1) ?? 0) & 0x0f;
  return hash.readUInt32BE(offset) & 0x7fffffff;
}
