import { type Bytes, base64ToBytes, utf8 } from "../bytes.ts";
import { foreignArgon2id } from "../crypto/foreign-argon2id.ts";
import { openSecretStream } from "../crypto/secret-stream.ts";
import { err, type Result } from "../result.ts";
import type { FileRefusal } from "./format.ts";
import { countOf, recordOf } from "./parts/json-value.ts";

/**
 * libsodium's "sensitive" limits are a gigabyte and four passes. Where a device has less, Ente halves the memory and
 * doubles the passes, so their product stays; twice that is the most that is tried.
 */
const MOST_MEMORY = 1_073_741_824;
const MOST_WORK = 2 * 4 * MOST_MEMORY;

/** The files that Ente encrypts are in chunks of four megabytes; an export is mostly one, however long. */
const CHUNK_BYTES = 4_194_304;
const KNOWN_VERSION = 1;

/**
 * Opens an encrypted export of Ente Auth (ente-io/ente, auth: models/export/ente.dart, and its crypto package): Argon2id
 * on one lane, then libsodium's secret stream, whose header is called nonce.
 */
export async function openEnteExport(
  file: Readonly<Record<string, unknown>>,
  passphrase: string,
): Promise<Result<Bytes, FileRefusal>> {
  const { memLimit, opsLimit, salt } = recordOf(file.kdfParams);
  const saltBytes = base64Of(salt);
  const header = base64Of(file.encryptionNonce);
  const sealed = base64Of(file.encryptedData);
  const memory = countOf(memLimit);
  const iterations = countOf(opsLimit);
  if (saltBytes === null || header === null || sealed === null) return err("corrupt");
  if (memory === null || iterations === null) return err("corrupt");
  if (memory > MOST_MEMORY || memory * iterations > MOST_WORK) return err("too-large");
  const cost = { memoryKib: Math.floor(memory / 1_024), iterations, parallelism: 1 };
  const key = await foreignArgon2id(utf8(passphrase), saltBytes, cost);
  if (!key.ok) return key;
  const whole = await openSecretStream(key.value, { header, sealed, chunkBytes: sealed.length });
  if (whole.ok) return whole;
  const chunked = await openSecretStream(key.value, { header, sealed, chunkBytes: CHUNK_BYTES });
  if (chunked.ok) return chunked;
  if (whole.error === "corrupt" || chunked.error === "corrupt") return err("corrupt");
  return err((countOf(file.version) ?? KNOWN_VERSION) > KNOWN_VERSION ? "newer-version" : "wrong-passphrase");
}

function base64Of(value: unknown): Bytes | null {
  const bytes =
    typeof value === "string" ? base64ToBytes(value.replaceAll("-", "+").replaceAll("_", "/")) : null;
  return bytes?.ok ? bytes.value : null;
}
