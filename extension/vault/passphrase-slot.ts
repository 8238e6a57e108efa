import * as z from "zod/mini";
import { type Bytes, equalBytes } from "../../shared/bytes.ts";
import { importAeadKey, openAead, sealAead } from "../../shared/crypto/aead.ts";
import { CTX } from "../../shared/crypto/context.ts";
import { type Argon2idCost, argon2id, hkdf } from "../../shared/crypto/kdf.ts";
import { passphraseBytes } from "../../shared/crypto/passphrase.ts";
import { err, ok, type Result } from "../../shared/result.ts";

/** "weak-parameters" and "corrupt" speak of the stored slot, not of what was typed. */
export type UnlockRefusal = "wrong-passphrase" | "corrupt" | "newer-version" | "weak-parameters";

const SLOT_VERSION = 1;
const SALT_BYTES = 16;

/** RFC 9106 section 4, the second recommended choice. */
export const DEFAULT_COST: Argon2idCost = { memoryKib: 64 * 1024, iterations: 3, parallelism: 4 };
/** A slot below is refused before anything is derived: it would make guessing what was typed cheap. */
const FLOOR = { memoryKib: 64 * 1024, iterations: 3 };
/** A slot above can only be damage, or meant to hang the browser. */
const CEILING: Argon2idCost = { memoryKib: 1024 * 1024, iterations: 64, parallelism: 16 };

const bytes = z.custom<Bytes>((value) => value instanceof Uint8Array);
const slotSchema = z.object({
  id: z.literal("passphrase"),
  version: z.literal(SLOT_VERSION),
  keyId: z.string(),
  memoryKib: z.int().check(z.lte(CEILING.memoryKib)),
  iterations: z.int().check(z.lte(CEILING.iterations)),
  parallelism: z.int().check(z.gte(1), z.lte(CEILING.parallelism)),
  salt: z.custom<Bytes>((value) => value instanceof Uint8Array && value.length === SALT_BYTES),
  /** Tells a wrong passphrase from a damaged slot. */
  commitment: bytes,
  sealed: bytes,
});
export type PassphraseSlot = z.infer<typeof slotSchema>;

/** Wraps the vault key under a passphrase, which must not be empty. */
export async function wrapUnderPassphrase(
  vaultKey: Bytes,
  { vaultId, keyId }: { vaultId: string; keyId: string },
  passphrase: string,
  cost: Argon2idCost = DEFAULT_COST,
): Promise<PassphraseSlot> {
  if (passphrase === "") throw Error("a passphrase must not be empty");
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const header = { id: "passphrase", version: SLOT_VERSION, keyId, ...cost, salt } as const;
  const derived = await derive(passphrase, vaultId, header);
  const sealed = await sealAead(derived.key, vaultKey, derived.aad);
  return { ...header, commitment: derived.commitment, sealed };
}

/**
 * Unwraps the vault key.
 *
 * @param slot as it was read from the database
 */
export async function unwrapWithPassphrase(
  slot: unknown,
  vaultId: string,
  passphrase: string,
): Promise<Result<Bytes, UnlockRefusal>> {
  const version = z.object({ version: z.int() }).safeParse(slot);
  if (version.success && version.data.version > SLOT_VERSION) return err("newer-version");
  const parsed = slotSchema.safeParse(slot);
  if (!parsed.success) return err("corrupt");
  const { memoryKib, iterations, commitment, sealed } = parsed.data;
  if (memoryKib < FLOOR.memoryKib || iterations < FLOOR.iterations) return err("weak-parameters");
  if (passphrase === "") return err("wrong-passphrase");
  const derived = await derive(passphrase, vaultId, parsed.data);
  if (!equalBytes(derived.commitment, commitment)) return err("wrong-passphrase");
  const vaultKey = await openAead(derived.key, sealed, derived.aad);
  return vaultKey.ok && vaultKey.value.length === 32 ? ok(vaultKey.value) : err("corrupt");
}

/** Every parameter is part of what key, commitment and ciphertext are bound to. */
async function derive(
  passphrase: string,
  vaultId: string,
  slot: Omit<PassphraseSlot, "commitment" | "sealed">,
): Promise<{ key: CryptoKey; commitment: Bytes; aad: Bytes }> {
  const { keyId, version, memoryKib, iterations, parallelism, salt } = slot;
  const header = [vaultId, keyId, version, "argon2id", memoryKib, iterations, parallelism, salt] as const;
  const stretched = await argon2id(passphraseBytes(passphrase), salt, slot);
  return {
    key: await importAeadKey(await hkdf(stretched, CTX("local-slot-key", ...header))),
    commitment: await hkdf(stretched, CTX("local-slot-commit", ...header)),
    aad: CTX("local-slot-wrap", ...header),
  };
}
