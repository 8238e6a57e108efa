import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type Bytes, concatBytes, utf8 } from "../bytes.ts";

/** What Yandex Key fixes: eight letters that change every 30 seconds. */
export const YANDEX = { algorithm: "SHA256", digits: 8, period: 30 } as const;

/** The part of a secret that codes are made of. */
const KEY_BYTES = 16;
/** With what Yandex writes behind it: a number of the account, the length of the PIN, a checksum. */
const FULL_BYTES = 26;
const CHECKSUM_BITS = 12;
/** The polynomial of the checksum, of degree 12. */
const POLYNOMIAL = 0x18f3;

const ALPHABET = "abcdefghijklmnopqrstuvwxyz";

/**
 * The code of Yandex Key, as YAOTP in Aegis and KeeYaOtp compute it: HMAC-SHA-256 of the step under a hash of PIN and
 * secret, 63 bits of it in base 26.
 *
 * @param secret one that isYandexSecret takes
 * @param step of 30 seconds
 */
export function yandexCode(secret: Bytes, pin: string, step: number): string {
  const hash = sha256(concatBytes(utf8(pin), yandexKey(secret)));
  // Theirs makes a number of the hash on its way to a key, and a number has no leading zero.
  const key = hash[0] === 0 ? hash.subarray(1) : hash;
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const mac = hmac(sha256, key, new Uint8Array(counter.buffer));
  const offset = (mac[mac.length - 1] ?? 0) & 0x0f;
  let rest = BigInt.asUintN(63, new DataView(mac.buffer, mac.byteOffset).getBigUint64(offset));
  let code = "";
  for (let at = 0; at < YANDEX.digits; at++) {
    code = ALPHABET.charAt(Number(rest % 26n)) + code;
    rest /= 26n;
  }
  return code;
}

/** The bytes of a secret that codes are made of: what Yandex writes behind them changes none. */
export function yandexKey(secret: Bytes): Bytes {
  return secret.subarray(0, KEY_BYTES);
}

/** Whether bytes are a secret of Yandex: 16, as a QR code has them, or 26 with a checksum that is right. */
export function isYandexSecret(secret: Bytes): boolean {
  return secret.length === KEY_BYTES || (secret.length === FULL_BYTES && hasRightChecksum(secret));
}

/** The last 12 bits are the remainder of all bits before them, divided by the polynomial. */
function hasRightChecksum(secret: Bytes): boolean {
  const bits = [...secret].flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((place) => (byte >> place) & 1));
  const remainder = bits.slice(0, -CHECKSUM_BITS).reduce((rest, bit) => {
    const next = (rest << 1) | bit;
    return next >> CHECKSUM_BITS === 1 ? next ^ POLYNOMIAL : next;
  }, 0);
  return remainder === bits.slice(-CHECKSUM_BITS).reduce((number, bit) => (number << 1) | bit, 0);
}
