import { type Bytes, utf8, utf8Decode } from "../../shared/bytes.ts";
import { openAead, sealAead } from "../../shared/crypto/aead.ts";
import { err, ok, type Result } from "../../shared/result.ts";

/** Encrypts a value as JSON, bound to what the associated data says. */
export function sealJson(key: CryptoKey, value: unknown, aad: Bytes): Promise<Bytes> {
  return sealAead(key, utf8(JSON.stringify(value)), aad);
}

/** Opens what sealJson made. What comes out is ours, but of any version: the caller checks its shape. */
export async function openJson(
  key: CryptoKey,
  sealed: unknown,
  aad: Bytes,
): Promise<Result<unknown, "corrupt">> {
  if (!(sealed instanceof Uint8Array)) return err("corrupt");
  // What IndexedDB gives back never sits on shared memory.
  const bytes = await openAead(key, sealed as Bytes, aad);
  if (!bytes.ok) return bytes;
  const text = utf8Decode(bytes.value);
  if (!text.ok) return err("corrupt");
  try {
    return ok(JSON.parse(text.value));
  } catch {
    return err("corrupt");
  }
}
