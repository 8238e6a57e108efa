import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_X25519_HKDF_SHA256 } from "hpke";
import { type Bytes, concatBytes } from "../bytes.ts";
import { err, ok, type Result } from "../result.ts";
import { importPrivateKey, type KeyPair } from "./private-key.ts";

/**
 * HPKE in base mode (RFC 9180): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, one message for each seal. It says
 * nothing about who sealed: whoever opens has to know by other means that what is inside is right.
 */
const suite = new CipherSuite(KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM);

const KEY_BYTES = 32;
const ENCAPSULATED_BYTES = 32;
const TAG_BYTES = 16;

/** Makes the key pair to which others seal, of 32 random bytes: the private key of RFC 7748 section 6.1. */
export function importOpeningKey(secret: Bytes): Promise<KeyPair> {
  return importPrivateKey("X25519", secret);
}

/**
 * Seals a message to one recipient.
 *
 * @param publicKey of X25519, 32 bytes
 * @param info what the seal is bound to, from CTX
 * @returns encapsulated key ‖ ciphertext ‖ tag; "bad-key": nothing can be sealed to this key alone
 */
export async function sealTo(
  publicKey: Bytes,
  plaintext: Bytes,
  info: Bytes,
): Promise<Result<Bytes, "bad-key">> {
  if (publicKey.length !== KEY_BYTES) return err("bad-key");
  try {
    const recipient = await suite.DeserializePublicKey(publicKey);
    const { encapsulatedSecret, ciphertext } = await suite.Seal(recipient, plaintext, { info });
    return ok(concatBytes(encapsulatedSecret, ciphertext));
  } catch {
    // A point of small order: the shared secret would be known to everybody (RFC 9180 section 7.1.4).
    return err("bad-key");
  }
}

/** Opens what sealTo made. "corrupt": sealed to another key, with other information, or other bytes. */
export async function openSeal(
  { key: privateKey, publicKey }: KeyPair,
  sealed: Bytes,
  info: Bytes,
): Promise<Result<Bytes, "corrupt">> {
  if (sealed.length < ENCAPSULATED_BYTES + TAG_BYTES) return err("corrupt");
  const recipient = { privateKey, publicKey: await suite.DeserializePublicKey(publicKey) };
  try {
    const [encapsulated, ciphertext] = [
      sealed.subarray(0, ENCAPSULATED_BYTES),
      sealed.subarray(ENCAPSULATED_BYTES),
    ];
    return ok(new Uint8Array(await suite.Open(recipient, encapsulated, ciphertext, { info })));
  } catch {
    return err("corrupt");
  }
}
