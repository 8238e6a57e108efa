import { type Bytes, base64urlToBytes, concatBytes, hexToBytes } from "../bytes.ts";

const KEY_BYTES = 32;

/** PKCS #8 around 32 bytes: RFC 8410 section 7, without attributes. */
const CURVES = {
  Ed25519: { prefix: "302e020100300506032b657004220420", usages: ["sign"] },
  X25519: { prefix: "302e020100300506032b656e04220420", usages: ["deriveBits"] },
} as const;

/** A private key that can't be read out again, and the public key that belongs to it. */
export type KeyPair = { readonly key: CryptoKey; readonly publicKey: Bytes };

/**
 * Imports a private key.
 *
 * @param secret 32 random bytes: the seed of RFC 8032 section 5.1.5, or the scalar of RFC 7748 section 5
 */
export async function importPrivateKey(curve: keyof typeof CURVES, secret: Bytes): Promise<KeyPair> {
  if (secret.length !== KEY_BYTES) throw Error(`a private key of ${curve} has 32 bytes`);
  const { prefix, usages } = CURVES[curve];
  const start = hexToBytes(prefix);
  if (!start.ok) throw Error("the prefix is not hexadecimal");
  const pkcs8 = concatBytes(start.value, secret);
  // Only as JWK (RFC 8037) does WebCrypto say which public key belongs to a private one.
  const readable = await crypto.subtle.importKey("pkcs8", pkcs8, curve, true, usages);
  const publicKey = base64urlToBytes((await crypto.subtle.exportKey("jwk", readable)).x ?? "");
  if (!publicKey.ok || publicKey.value.length !== KEY_BYTES) throw Error("the key names no public key");
  return {
    key: await crypto.subtle.importKey("pkcs8", pkcs8, curve, false, usages),
    publicKey: publicKey.value,
  };
}
