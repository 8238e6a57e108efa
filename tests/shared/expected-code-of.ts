import { createHash, createHmac } from "node:crypto";
import type { EntryDraft } from "../../shared/otp/entry.ts";
import { type Algorithm, HASHES, hotpCode } from "../practice-site/expected-code.ts";

const BASE32_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEAM_ALPHABET = "23456789BCDFGHJKMNPQRTVWXY";

/**
 * The code of a draft by the practice site's own implementation, which shares no line with the one under test; null for
 * what has no code here (MD5 in any type but motp, a missing PIN, a secret of less than a byte, or none of Yandex's lengths).
 *
 * @param timeMs milliseconds since 1970 UTC
 */
export function expectedCodeOf(draft: EntryDraft, timeMs: number): string | null {
  const secret = base32Bytes(draft.secret);
  const step = Number(BigInt(timeMs) / (BigInt(draft.period ?? 30) * 1000n));
  if (draft.type === "motp" || draft.type === "yandex") {
    if (draft.pin === null) return null;
    if (draft.type === "motp") return motpCode(secret, draft.pin, step);
    return secret.length === 16 || secret.length === 26 ? yandexCode(secret, draft.pin, step) : null;
  }
  if (!(draft.algorithm in HASHES) || secret.length === 0) return null;
  // Checked by the line above.
  const algorithm = draft.algorithm as Algorithm;
  if (draft.type === "totp") return hotpCode(secret, step, algorithm, draft.digits);
  if (draft.type === "hotp") return hotpCode(secret, draft.counter ?? 0, algorithm, draft.digits);
  return draft.type === "steam" ? steamCode(secret, step, algorithm) : null;
}

/** Mobile-OTP: what is hashed is text, the secret in hexadecimal unless it is text itself. */
function motpCode(secret: Buffer, pin: string, step: number): string {
  const text = secret.toString("latin1");
  const isText = /^[!-~]{16,256}$/.test(text) && !/^(?:[0-9a-f]{2})+$/i.test(text);
  const hashed = `${step}${isText ? text : secret.toString("hex")}${pin}`;
  return createHash("md5").update(hashed).digest("hex").slice(0, 6);
}

/** Yandex Key: 63 bits of the MAC in base 26, highest place first. */
function yandexCode(secret: Buffer, pin: string, step: number): string {
  const hash = createHash("sha256").update(pin).update(secret.subarray(0, 16)).digest();
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha256", hash.subarray(hash[0] === 0 ? 1 : 0))
    .update(message)
    .digest();
  const number = mac.readBigUInt64BE((mac.at(-1) ?? 0) % 16) & 0x7fff_ffff_ffff_ffffn;
  return [7, 6, 5, 4, 3, 2, 1, 0]
    .map((place) => String.fromCharCode(97 + Number((number / 26n ** BigInt(place)) % 26n)))
    .join("");
}

/** Steam Guard: the truncated hash, which ten digits hold whole, in an alphabet of its own, lowest place first. */
function steamCode(secret: Buffer, step: number, algorithm: Algorithm): string {
  const truncated = Number(hotpCode(secret, step, algorithm, 10));
  return [0, 1, 2, 3, 4].map((place) => STEAM_ALPHABET[Math.floor(truncated / 26 ** place) % 26]).join("");
}

/** RFC 4648 section 6 by way of bits as text: whole bytes count, bits left over don't. */
function base32Bytes(secret: string): Buffer {
  const bits = [...secret]
    .map((letter) => BASE32_ALPHABET.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
