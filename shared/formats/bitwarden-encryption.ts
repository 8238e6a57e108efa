import { type Bytes, base64ToBytes, concatBytes, equalBytes, utf8 } from "../bytes.ts";
import { openAesCbc, pbkdf2 } from "../crypto/foreign.ts";
import { foreignArgon2id } from "../crypto/foreign-argon2id.ts";
import { hmac } from "../crypto/mac.ts";
import { sha256 } from "../crypto/sha256.ts";
import { err, ok, type Result } from "../result.ts";
import type { FileRefusal } from "./format.ts";
import { countOf } from "./parts/json-value.ts";

/** KdfType and the defaults in bitwarden/clients, libs/key-management: what an export says null of. */
const PBKDF2 = { type: 0, iterations: 600_000, most: 10_000_000 } as const;
const ARGON2ID = { type: 1, iterations: 3, memoryMib: 64, parallelism: 4 } as const;
/** Bitwarden itself lets nobody set more: a gigabyte, ten passes, sixteen lanes. */
const MOST = { memoryMib: 1_024, iterations: 32, parallelism: 64 } as const;

/** EncryptionType 2: AES-256-CBC, and HMAC-SHA-256 over iv ‖ ciphertext. */
type EncString = { readonly iv: Bytes; readonly sealed: Bytes; readonly mac: Bytes };

/**
 * Opens a password-protected export of Bitwarden. The salt of PBKDF2 is the text of the salt, not what it encodes, and
 * both keys come out of HKDF's second half alone (libs/common, KeyGenerationService).
 *
 * @returns the bytes of a plain export
 */
export async function openBitwardenExport(
  file: Readonly<Record<string, unknown>>,
  passphrase: string,
): Promise<Result<Bytes, FileRefusal>> {
  const data = readEncString(file.data);
  if (!data.ok) return data;
  const check = file.encKeyValidation_DO_NOT_EDIT ?? null;
  const validation = check === null ? null : readEncString(check);
  if (validation !== null && !validation.ok) return validation;
  const master = await masterKey(file, passphrase);
  if (!master.ok) return master;
  const keys = {
    encryption: await hkdfExpand(master.value, "enc"),
    authentication: await hkdfExpand(master.value, "mac"),
  };
  if (validation !== null) {
    const isRight = await isAuthentic(keys.authentication, validation.value);
    if (!isRight) return err("wrong-passphrase");
  }
  // Where the passphrase was found right before, these bytes are what is wrong.
  if (!(await isAuthentic(keys.authentication, data.value)))
    return err(validation === null ? "wrong-passphrase" : "corrupt");
  const opened = await openAesCbc(keys.encryption, data.value);
  return opened.ok ? opened : err("corrupt");
}

async function masterKey(
  file: Readonly<Record<string, unknown>>,
  passphrase: string,
): Promise<Result<Bytes, FileRefusal>> {
  const { salt } = file;
  if (typeof salt !== "string" || salt === "") return err("corrupt");
  const password = utf8(passphrase);
  const type = countOf(file.kdfType) ?? PBKDF2.type;
  if (type === PBKDF2.type) {
    const iterations = countOf(file.kdfIterations) ?? PBKDF2.iterations;
    if (iterations === 0) return err("corrupt");
    if (iterations > PBKDF2.most) return err("too-large");
    return ok(await pbkdf2(password, utf8(salt), { hash: "SHA-256", iterations, length: 32 }));
  }
  if (type !== ARGON2ID.type) return err("newer-version");
  const iterations = countOf(file.kdfIterations) ?? ARGON2ID.iterations;
  const memoryMib = countOf(file.kdfMemory) ?? ARGON2ID.memoryMib;
  const parallelism = countOf(file.kdfParallelism) ?? ARGON2ID.parallelism;
  if (memoryMib > MOST.memoryMib || iterations > MOST.iterations || parallelism > MOST.parallelism)
    return err("too-large");
  const cost = { memoryKib: memoryMib * 1_024, iterations, parallelism };
  return foreignArgon2id(password, await sha256(utf8(salt)), cost);
}

/** HKDF-Expand (RFC 5869 section 2.3) of one block of SHA-256. */
function hkdfExpand(key: Bytes, info: string): Promise<Bytes> {
  return hmac(key, concatBytes(utf8(info), new Uint8Array([1])));
}

async function isAuthentic(key: Bytes, { iv, sealed, mac }: EncString): Promise<boolean> {
  return equalBytes(await hmac(key, concatBytes(iv, sealed)), mac);
}

function readEncString(value: unknown): Result<EncString, "corrupt" | "newer-version"> {
  if (typeof value !== "string") return err("corrupt");
  const type = /^(\d{1,3})\./.exec(value)?.[1];
  if (type === undefined) return err("corrupt");
  if (type !== "2") return err("newer-version");
  const [iv, sealed, mac, ...rest] = value.slice(2).split("|").map(base64ToBytes);
  if (!iv?.ok || !sealed?.ok || !mac?.ok || rest.length > 0) return err("corrupt");
  return ok({ iv: iv.value, sealed: sealed.value, mac: mac.value });
}
