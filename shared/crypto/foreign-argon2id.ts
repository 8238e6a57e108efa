import type { Bytes } from "../bytes.ts";
import { err, type Result } from "../result.ts";
import { deriveKey } from "./derive-key.ts";
import { type Argon2idCost, argon2id } from "./kdf.ts";

/** RFC 9106 section 3.1, and what hash-wasm asks for. */
const LEAST_SALT = 8;
const LEAST_MEMORY_PER_LANE = 8;

/**
 * Argon2id with the parameters of a file that another program wrote: whatever they are, the outcome is one to tell the
 * person. How much is too much, the format says before.
 *
 * @returns 32 bytes. "wrong-passphrase" for none at all, which no program encrypts with; "corrupt" for parameters that
 *   the algorithm has no result for; "not-enough-memory" where the browser gives less than they ask for
 */
export async function foreignArgon2id(
  password: Bytes,
  salt: Bytes,
  cost: Argon2idCost,
): Promise<Result<Bytes, "wrong-passphrase" | "corrupt" | "not-enough-memory">> {
  if (password.length === 0) return err("wrong-passphrase");
  const { memoryKib, iterations, parallelism } = cost;
  const isPossible =
    salt.length >= LEAST_SALT &&
    Math.min(iterations, parallelism) >= 1 &&
    memoryKib >= LEAST_MEMORY_PER_LANE * parallelism;
  if (!isPossible) return err("corrupt");
  return deriveKey(() => argon2id(password, salt, cost));
}
