import type { Bytes } from "../bytes.ts";

/**
 * HMAC with SHA-256 (RFC 2104).
 *
 * @param message from CTX, so that it can't be taken for another kind of message
 * @returns 32 bytes; to be compared with equalBytes
 */
export async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, message));
}
