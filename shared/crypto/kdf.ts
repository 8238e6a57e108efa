import type { Bytes } from "../bytes.ts";

/** RFC 5869 section 2.2: a salt that is not given is HashLen zeros. */
const NO_SALT: Bytes = new Uint8Array(32);

/**
 * HKDF with SHA-256 (RFC 5869).
 *
 * @param key input of full strength; never a passphrase
 * @param info what the output is for, from CTX
 */
export async function hkdf(key: Bytes, info: Bytes, length = 32, salt: Bytes = NO_SALT): Promise<Bytes> {
  const base = await crypto.subtle.importKey("raw", key, "HKDF", false, ["deriveBits"]);
  const algorithm = { name: "HKDF", hash: "SHA-256", salt, info };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, base, length * 8));
}

export type Argon2idCost = {
  readonly memoryKib: number;
  readonly iterations: number;
  readonly parallelism: number;
};

/**
 * Argon2id, version 0x13 (RFC 9106), in WebAssembly and on one thread whatever the parallelism.
 *
 * @param password not empty
 * @returns 32 bytes
 */
export async function argon2id(password: Bytes, salt: Bytes, cost: Argon2idCost): Promise<Bytes> {
  // Only unlocking needs it, and no worker, where import() throws.
  const { argon2id: argon2idWasm } = await import("hash-wasm");
  const output = await argon2idWasm({
    password,
    salt,
    memorySize: cost.memoryKib,
    iterations: cost.iterations,
    parallelism: cost.parallelism,
    hashLength: 32,
    outputType: "binary",
  });
  return new Uint8Array(output);
}
