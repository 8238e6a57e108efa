import { type Bytes, bytesToBase64url } from "../../shared/bytes.ts";
import { CTX } from "../../shared/crypto/context.ts";
import { hkdf } from "../../shared/crypto/kdf.ts";
import type { Entry } from "../../shared/otp/entry.ts";
import { keyBytes } from "../../shared/otp/same-entry.ts";

/** The key that fingerprints of one vault are made with. */
export async function importFingerprintKey(vaultKey: Bytes, vaultId: string): Promise<CryptoKey> {
  const bytes = await hkdf(vaultKey, CTX("local-fingerprint-key", vaultId));
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

/**
 * 128 bits that are equal where secret bytes, type, digits, period and algorithm are: finding an entry that is here
 * already then opens no secret. Keyed, so that it tells nothing to who gets hold of one.
 *
 * @returns null for a secret without a single whole byte, which equals no other
 */
export async function fingerprintOf(
  key: CryptoKey,
  entry: Pick<Entry, "type" | "secret" | "digits" | "period" | "algorithm">,
): Promise<string | null> {
  const secret = keyBytes(entry);
  if (secret === null) return null;
  const period = entry.period === null ? "" : entry.period;
  const fields = CTX("local-fingerprint", secret, entry.type, entry.digits, period, entry.algorithm);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, fields));
  return bytesToBase64url(mac.subarray(0, 16));
}
