import { type Bytes, concatBytes } from "../bytes.ts";
import { err, ok, type Result } from "../result.ts";

/**
 * Opens libsodium's secret stream (crypto_secretstream_xchacha20poly1305), by libsodium itself.
 *
 * @param key 32 bytes
 * @param stream header of 24 bytes; the encrypted chunks, one after the other; how many bytes of text each but the last
 *   one has
 * @returns "not-opened": another key, or other bytes from the start on; "corrupt": it begins well and does not end so
 */
export async function openSecretStream(
  key: Bytes,
  { header, sealed, chunkBytes }: { header: Bytes; sealed: Bytes; chunkBytes: number },
): Promise<Result<Bytes, "not-opened" | "corrupt">> {
  const { default: sodium } = await import("libsodium-wrappers");
  await sodium.ready;
  const isShaped =
    key.length === sodium.crypto_secretstream_xchacha20poly1305_KEYBYTES &&
    header.length === sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES;
  if (!isShaped) return err("not-opened");
  const step = chunkBytes + sodium.crypto_secretstream_xchacha20poly1305_ABYTES;
  const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key);
  const texts: Uint8Array[] = [];
  for (let at = 0; at < sealed.length; at += step) {
    const chunk = sealed.subarray(at, at + step);
    if (chunk.length < sodium.crypto_secretstream_xchacha20poly1305_ABYTES) break;
    const pulled = sodium.crypto_secretstream_xchacha20poly1305_pull(state, chunk, null);
    if (pulled === false) break;
    texts.push(pulled.message);
    const isFinal = pulled.tag === sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    if (isFinal) return at + chunk.length === sealed.length ? ok(concatBytes(...texts)) : err("corrupt");
  }
  return err(texts.length === 0 ? "not-opened" : "corrupt");
}
