import { base32Decode, base32Encode } from "../bytes.ts";

/**
 * A secret in base32 without bits that fill no byte. Strict readers refuse them; others make a further byte of them, and so
 * other codes.
 */
export function wholeSecret(secret: string): string {
  const bytes = base32Decode(secret);
  return bytes.ok ? base32Encode(bytes.value) : secret;
}
