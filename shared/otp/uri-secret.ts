import { base32Decode, base32Encode, base64ToBytes, cleanBase32, hexToBytes } from "../bytes.ts";
import { err, ok, type Result } from "../result.ts";

/** How a secret may be spelled beside base32, which always comes first. */
export type SecretSpelling = "base32" | "base32-or-hex" | "base32-or-steam-base64";

/** A secret as entries hold it, and what it was written as. */
export type ReadSecret = { readonly secret: string; readonly encoding: "base32" | "hex" | "base64" };

/** The shared_secret of Steam Guard. */
const STEAM_SECRET_BYTES = 20;

/** Eight bytes: shorter runs of hexadecimal digits are taken for mistyped base32. */
const MIN_HEX_DIGITS = 16;

/**
 * Reads a secret.
 *
 * Hexadecimal is only read where lists of programs that write it are read (Authenticator-Extension), base64 only for
 * Steam (Proton Authenticator, Steam's own files).
 */
export function readSecret(
  text: string,
  spelling: SecretSpelling,
): Result<ReadSecret, "empty-secret" | "secret-not-base32"> {
  const clean = cleanBase32(text);
  if (clean.ok) {
    return base32Decode(clean.value).ok
      ? ok({ secret: clean.value, encoding: "base32" })
      : err("empty-secret");
  }
  if (clean.error === "empty") return err("empty-secret");
  if (spelling === "base32-or-hex" && text.length >= MIN_HEX_DIGITS) {
    const bytes = hexToBytes(text);
    if (bytes.ok) return ok({ secret: base32Encode(bytes.value), encoding: "hex" });
  }
  if (spelling === "base32-or-steam-base64") {
    // Base64 has no blanks: where one stands, a "+" was read as a query writes blanks.
    const bytes = base64ToBytes(text.replaceAll(" ", "+"));
    if (bytes.ok && bytes.value.length === STEAM_SECRET_BYTES) {
      return ok({ secret: base32Encode(bytes.value), encoding: "base64" });
    }
  }
  return err("secret-not-base32");
}
