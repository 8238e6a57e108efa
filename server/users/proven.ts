import { type Bytes, base64urlToBytes } from "../../shared/bytes.ts";
import { verify } from "../../shared/crypto/signature.ts";

/** Whether a key has signed that (shared/identity/proofs.ts). @param key with `proof`, base64url */
export async function isProven(key: string, context: Bytes, proof: string): Promise<boolean> {
  const [publicKey, signature] = [base64urlToBytes(key), base64urlToBytes(proof)];
  if (!publicKey.ok || !signature.ok) return false;
  return (await verify(publicKey.value, context, signature.value)).ok;
}
