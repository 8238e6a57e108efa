import { type Bytes, concatBytes } from "../bytes.ts";
import { err, ok, type Result } from "../result.ts";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Makes an AES-256-GCM key of 32 bytes. It can't be read out again. */
export function importAeadKey(bytes: Bytes): Promise<CryptoKey> {
  if (bytes.length !== 32) throw Error("an AES-256 key has 32 bytes");
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/**
 * Encrypts with AES-256-GCM (NIST SP 800-38D) under a random 96-bit nonce.
 *
 * @param aad what the ciphertext is bound to, from CTX
 * @returns nonce ‖ ciphertext ‖ tag
 */
export async function sealAead(key: CryptoKey, plaintext: Bytes, aad: Bytes): Promise<Bytes> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: aad };
  return concatBytes(nonce, new Uint8Array(await crypto.subtle.encrypt(algorithm, key, plaintext)));
}

/** Opens what sealAead made. "corrupt": another key, other associated data, or other bytes; which one can't be told. */
export async function openAead(key: CryptoKey, sealed: Bytes, aad: Bytes): Promise<Result<Bytes, "corrupt">> {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return err("corrupt");
  const algorithm = { name: "AES-GCM", iv: sealed.subarray(0, NONCE_BYTES), additionalData: aad };
  try {
    return ok(new Uint8Array(await crypto.subtle.decrypt(algorithm, key, sealed.subarray(NONCE_BYTES))));
  } catch (error) {
    // Anything but a failed tag (a key for another use, say) is a bug and must not look like damage.
    if (error instanceof DOMException && error.name === "OperationError") return err("corrupt");
    throw error;
  }
}
