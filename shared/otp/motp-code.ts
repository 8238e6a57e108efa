import { md5 } from "@noble/hashes/legacy.js";
import { type Bytes, bytesToHex, hexToBytes, utf8 } from "../bytes.ts";
import { err, ok, type Result } from "../result.ts";

/** What Mobile-OTP fixes (motp.sourceforge.net): six hexadecimal digits that change every ten seconds. */
export const MOTP = { algorithm: "MD5", digits: 6, period: 10 } as const;

/** What a secret has at least that is text, not hexadecimal: Stratum takes none that is shorter. */
const LEAST_TEXT_LENGTH = 16;

/**
 * The code of Mobile-OTP: the first digits of MD5 over the step in decimal, the secret as it is written, and the PIN.
 *
 * @param secret what motpSecret made of the written secret
 * @param step of ten seconds
 */
export function motpCode(secret: Bytes, pin: string, step: number): string {
  return bytesToHex(md5(utf8(`${step}${motpSecretText(secret)}${pin}`))).slice(0, MOTP.digits);
}

/**
 * The bytes of a secret as it is written: hexadecimal, in any case. The written secret itself goes into the code, so
 * that some apps take any text; such a one is kept as its own characters.
 */
export function motpSecret(text: string): Result<Bytes, "empty-secret" | "secret-not-hex"> {
  const written = text.replace(/[\s-]/g, "");
  if (written === "") return err("empty-secret");
  const bytes = hexToBytes(written);
  if (bytes.ok) return bytes;
  return isSecretText(text) ? ok(utf8(text)) : err("secret-not-hex");
}

/** A secret as it goes into the code: the other way round. */
export function motpSecretText(secret: Bytes): string {
  const text = String.fromCharCode(...secret.subarray(0, MOST_TEXT_LENGTH + 1));
  return isSecretText(text) ? text : bytesToHex(secret);
}

const MOST_TEXT_LENGTH = 256;

/** Printable characters that are not hexadecimal: 16 bytes drawn by chance are so once in ten million times. */
function isSecretText(text: string): boolean {
  const isText = /^[\x21-\x7e]+$/.test(text) && !hexToBytes(text).ok;
  return isText && text.length >= LEAST_TEXT_LENGTH && text.length <= MOST_TEXT_LENGTH;
}
