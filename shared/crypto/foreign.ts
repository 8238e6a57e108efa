import type { Bytes } from "../bytes.ts";
import { err, ok, type Result } from "../result.ts";

/*
 * What other programs encrypt their exports with. Nothing here is used for anything of our own: what is weak in it is
 * weak because the files are as they are.
 */

/**
 * PBKDF2 (RFC 8018 section 5.2).
 *
 * @param length of the key, in bytes
 */
export async function pbkdf2(
  password: Bytes,
  salt: Bytes,
  { hash, iterations, length }: { hash: "SHA-1" | "SHA-256" | "SHA-512"; iterations: number; length: number },
): Promise<Bytes> {
  const base = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const algorithm = { name: "PBKDF2", hash, salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, base, length * 8));
}

/**
 * scrypt (RFC 7914), in WebAssembly.
 *
 * @param password not empty
 * @returns 32 bytes
 */
export async function scrypt(
  password: Bytes,
  salt: Bytes,
  { n, r, p }: { n: number; r: number; p: number },
): Promise<Bytes> {
  const { scrypt: scryptWasm } = await import("hash-wasm");
  const cost = { costFactor: n, blockSize: r, parallelism: p, hashLength: 32, outputType: "binary" } as const;
  return new Uint8Array(await scryptWasm({ password, salt, ...cost }));
}

/**
 * Opens AES-GCM (NIST SP 800-38D) of any key and nonce length.
 *
 * @param sealed ciphertext ‖ tag of 16 bytes
 * @returns "not-opened": another key, or other bytes
 */
export async function openAesGcm(
  key: Bytes,
  { nonce, sealed, aad }: { nonce: Bytes; sealed: Bytes; aad?: Bytes },
): Promise<Result<Bytes, "not-opened">> {
  const algorithm = { name: "AES-GCM", iv: nonce, ...(aad ? { additionalData: aad } : {}) };
  return decrypted(key, "AES-GCM", algorithm, sealed);
}

/**
 * Opens AES-CBC (NIST SP 800-38A) with PKCS #7 padding.
 *
 * @returns "not-opened" where the padding is none. One wrong key in 256 gives bytes all the same: what they say has
 *   to be checked.
 */
export async function openAesCbc(
  key: Bytes,
  { iv, sealed }: { iv: Bytes; sealed: Bytes },
): Promise<Result<Bytes, "not-opened">> {
  return decrypted(key, "AES-CBC", { name: "AES-CBC", iv }, sealed);
}

async function decrypted(
  key: Bytes,
  name: "AES-GCM" | "AES-CBC",
  algorithm: AesGcmParams | AesCbcParams,
  sealed: Bytes,
): Promise<Result<Bytes, "not-opened">> {
  try {
    const imported = await crypto.subtle.importKey("raw", key, name, false, ["decrypt"]);
    return ok(new Uint8Array(await crypto.subtle.decrypt(algorithm, imported, sealed)));
  } catch (error) {
    // Keys, nonces and lengths come out of a file, so WebCrypto's complaints about them are about the file too.
    if (error instanceof DOMException) return err("not-opened");
    throw error;
  }
}

/** MD5 (RFC 1321): 16 bytes. For mOTP and for the passphrases of CryptoJS, never as a check of anything. */
export async function md5(bytes: Bytes): Promise<Bytes> {
  const { md5: digest } = await import("@noble/hashes/legacy.js");
  return new Uint8Array(digest(bytes));
}
