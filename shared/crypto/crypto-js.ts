import { type Bytes, base64ToBytes, concatBytes, utf8, utf8Decode } from "../bytes.ts";
import { err, ok, type Result } from "../result.ts";
import { md5, openAesCbc } from "./foreign.ts";

/** What OpenSSL's enc command put before its salt, and CryptoJS after it. */
const MAGIC = "Salted__";
const SALT_BYTES = 8;
const KEY_BYTES = 32;
const IV_BYTES = 16;

/**
 * Opens what CryptoJS.AES.encrypt(text, passphrase) wrote: base64 of "Salted__" ‖ salt ‖ AES-256-CBC, key and IV drawn
 * from the passphrase by OpenSSL's EVP_BytesToKey with one round of MD5 (CryptoJS evpkdf.js, cipher-core.js). No cost
 * and no check: one wrong passphrase in 256 gives bytes all the same.
 *
 * @param passphrase taken as UTF-8
 */
export async function openCryptoJs(
  sealed: string,
  passphrase: string,
): Promise<Result<Bytes, "not-opened" | "not-sealed">> {
  const bytes = base64ToBytes(sealed);
  if (!bytes.ok) return err("not-sealed");
  const head = utf8Decode(bytes.value.subarray(0, MAGIC.length));
  const body = MAGIC.length + SALT_BYTES;
  if (!head.ok || head.value !== MAGIC || bytes.value.length <= body) return err("not-sealed");
  const drawn = await drawKey(utf8(passphrase), bytes.value.slice(MAGIC.length, body));
  return openAesCbc(drawn.slice(0, KEY_BYTES), {
    iv: drawn.slice(KEY_BYTES),
    sealed: bytes.value.slice(body),
  });
}

/** The same, where a text was encrypted. */
export async function openCryptoJsText(
  sealed: string,
  passphrase: string,
): Promise<Result<string, "not-opened">> {
  const opened = await openCryptoJs(sealed, passphrase);
  if (!opened.ok) return err("not-opened");
  const text = utf8Decode(opened.value);
  return text.ok ? ok(text.value) : err("not-opened");
}

/** EVP_BytesToKey of OpenSSL with MD5 and a count of 1: each block is the digest of the one before, passphrase and salt. */
async function drawKey(passphrase: Bytes, salt: Bytes): Promise<Bytes> {
  let block: Bytes = new Uint8Array();
  let drawn: Bytes = new Uint8Array();
  while (drawn.length < KEY_BYTES + IV_BYTES) {
    block = await md5(concatBytes(block, passphrase, salt));
    drawn = concatBytes(drawn, block);
  }
  return drawn;
}
