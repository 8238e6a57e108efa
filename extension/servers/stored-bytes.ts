import { type Bytes, base64urlToBytes } from "../../shared/bytes.ts";

/** The bytes of text that we have written ourselves, or that was checked to be base64url. */
export function storedBytes(text: string): Bytes {
  const bytes = base64urlToBytes(text);
  if (!bytes.ok) throw Error("what was stored is not base64url");
  return bytes.value;
}
