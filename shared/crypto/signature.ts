import { type Bytes, bytesToHex, hexToBytes } from "../bytes.ts";
import { err, ok, type Result } from "../result.ts";
import { importPrivateKey, type KeyPair } from "./private-key.ts";

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** Makes the key pair of a seed of 32 random bytes: the private key of RFC 8032 section 5.1.5. */
export function importSigningKey(seed: Bytes): Promise<KeyPair> {
  return importPrivateKey("Ed25519", seed);
}

/**
 * Signs with Ed25519.
 *
 * @param message from CTX, so that the signature can't be taken for one of another kind
 * @returns 64 bytes
 */
export async function sign({ key }: KeyPair, message: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign("Ed25519", key, message));
}

/**
 * Verifies with Ed25519. "bad-key": these bytes are no key that only one person can sign for (isPublicKey);
 * "signature": it is not this key's signature of this message.
 */
export async function verify(
  publicKey: Bytes,
  message: Bytes,
  signature: Bytes,
): Promise<Result<void, "bad-key" | "signature">> {
  const key = await keyOf(publicKey);
  if (!key.ok) return key;
  if (signature.length !== SIGNATURE_BYTES) return err("signature");
  const isTheirs = await crypto.subtle.verify("Ed25519", key.value, signature, message);
  return isTheirs ? ok(undefined) : err("signature");
}

/** A log names the same few people in a thousand links: their keys are looked at and imported once. */
const imported = new Map<string, CryptoKey>();
const MOST_IMPORTED = 500;

async function keyOf(publicKey: Bytes): Promise<Result<CryptoKey, "bad-key">> {
  const name = String.fromCharCode(...publicKey);
  const known = imported.get(name);
  if (known !== undefined) return ok(known);
  if (!isPublicKey(publicKey)) return err("bad-key");
  const key = await importPublicKey(publicKey);
  if (key === null) return err("bad-key");
  if (imported.size >= MOST_IMPORTED) imported.clear();
  imported.set(name, key);
  return ok(key);
}

/**
 * Whether 32 bytes may stand as somebody's public key: a y coordinate below p (RFC 8032 section 5.1.3 has one spelling
 * for each point), and no point of small order, for which anybody can make signatures that WebCrypto accepts. That they
 * are a point of the curve is seen when they are imported.
 */
export function isPublicKey(bytes: Bytes): boolean {
  if (bytes.length !== KEY_BYTES) return false;
  const y = withoutSign(bytes);
  return isBelowP(y) && !SMALL_ORDER.has(bytesToHex(y));
}

/** The y coordinates of the eight points whose order divides the cofactor 8; a sign makes two of some. */
const SMALL_ORDER = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]);

/** p = 2^255 - 19, little-endian. */
const P = bytesOf("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

function isBelowP(y: Bytes): boolean {
  for (let at = KEY_BYTES - 1; at >= 0; at--) {
    const [byte = 0, limit = 0] = [y[at], P[at]];
    if (byte !== limit) return byte < limit;
  }
  return false;
}

/** The highest bit is the sign of x. */
function withoutSign(bytes: Bytes): Bytes {
  const y = bytes.slice();
  y[KEY_BYTES - 1] = (y[KEY_BYTES - 1] ?? 0) & 0x7f;
  return y;
}

async function importPublicKey(bytes: Bytes): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey("raw", bytes, "Ed25519", false, ["verify"]);
  } catch {
    // A y coordinate without an x: where an engine looks at once.
    return null;
  }
}

function bytesOf(hex: string): Bytes {
  const bytes = hexToBytes(hex);
  if (!bytes.ok) throw Error("not hexadecimal");
  return bytes.value;
}
