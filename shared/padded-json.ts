import { type Bytes, utf8, utf8Decode } from "./bytes.ts";

const LENGTH_BYTES = 4;

/**
 * JSON as it is encrypted: u32be(length) ‖ JSON ‖ zeros. Who sees the ciphertext learns its length to the step alone.
 *
 * @param step bytes; the output is a multiple of it
 */
export function padJson(value: unknown, step: number): Bytes {
  const json = utf8(JSON.stringify(value));
  const padded = new Uint8Array(Math.ceil((LENGTH_BYTES + json.length) / step) * step);
  new DataView(padded.buffer).setUint32(0, json.length);
  padded.set(json, LENGTH_BYTES);
  return padded;
}

/** What padJson was given; null where these bytes are not of its making. */
export function unpadJson(padded: Bytes): unknown {
  if (padded.length < LENGTH_BYTES) return null;
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  if (length > padded.length - LENGTH_BYTES) return null;
  const text = utf8Decode(padded.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
  try {
    return text.ok ? JSON.parse(text.value) : null;
  } catch {
    return null;
  }
}
