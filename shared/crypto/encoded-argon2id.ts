import { type Bytes, base64ToBytes, equalBytes } from "../bytes.ts";
import { err, ok, type Result } from "../result.ts";
import { type Argon2idCost, argon2id } from "./kdf.ts";

/** What argon2's command and libraries write: variant, version, cost, salt and hash in one text. */
export type EncodedArgon2id = { readonly cost: Argon2idCost; readonly salt: Bytes; readonly hash: Bytes };

/** Twice what OWASP advises for the heaviest: a check must not fill the memory because a file says so. */
const MOST_MEMORY_KIB = 131_072;
const MOST_ITERATIONS = 16;
const MOST_PARALLELISM = 16;
const HASH_BYTES = 32;

/** Reads an encoded hash (PHC string format) of Argon2id, version 19, 32 bytes; null for any other. */
export function readEncodedArgon2id(text: string): EncodedArgon2id | null {
  const match = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([^$]+)\$([^$]+)$/.exec(text);
  if (match === null) return null;
  const [, memory = "", iterations = "", parallelism = "", salt = "", hash = ""] = match;
  const bytes = { salt: base64ToBytes(salt), hash: base64ToBytes(hash) };
  if (!bytes.salt.ok || !bytes.hash.ok || bytes.hash.value.length !== HASH_BYTES) return null;
  const cost = {
    memoryKib: Number(memory),
    iterations: Number(iterations),
    parallelism: Number(parallelism),
  };
  return { cost, salt: bytes.salt.value, hash: bytes.hash.value };
}

/**
 * Whether a password has this hash.
 *
 * @returns "too-costly" where the hash asks for more than a check may cost, or for what Argon2 doesn't know
 */
export async function hasArgon2id(
  password: Bytes,
  { cost, salt, hash }: EncodedArgon2id,
): Promise<Result<boolean, "too-costly">> {
  const { memoryKib, iterations, parallelism } = cost;
  const isUsual =
    memoryKib <= MOST_MEMORY_KIB &&
    memoryKib >= 8 * parallelism &&
    iterations >= 1 &&
    iterations <= MOST_ITERATIONS &&
    parallelism >= 1 &&
    parallelism <= MOST_PARALLELISM &&
    salt.length >= 8 &&
    password.length > 0;
  return isUsual ? ok(equalBytes(await argon2id(password, salt, cost), hash)) : err("too-costly");
}
