import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_X25519_HKDF_SHA256 } from "hpke";
import { type Bytes, bytesToHex, concatBytes } from "../bytes.ts";
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

/**
 * Whether 32 bytes may stand as the key that others seal to: the one spelling of a u coordinate below p (RFC 7748 section
 * 5), and no point of small order, to which nothing can be sealed. Somebody with such a key in a group could never be
 * given a new key, so that nobody else could be taken out of it any more.
 */
export function isOpeningKey(bytes: Bytes): boolean {
  if (bytes.length !== KEY_BYTES) return false;
  const u = BigInt(`0x${bytesToHex(bytes.slice().reverse())}`);
  return u < P && !SMALL_ORDER.has(u);
}

const P = 2n ** 255n - 19n;
/** The u coordinates below p of the points of small order, on the curve and on its twist. */
const SMALL_ORDER = new Set([
  0n,
  1n,
  0xb8495f16056286fdb1329ceb8d09da6ac49ff1fae35616aeb8413b7c7aebe0n,
  0x57119fd0dd4e22d8868e1c58c45c44045bef839c55b1d0b1248c50a3bc959c5fn,
  P - 1n,
]);

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
