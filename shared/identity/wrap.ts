import { type Bytes, concatBytes, equalBytes } from "../bytes.ts";
import { importAeadKey, openAead, sealAead } from "../crypto/aead.ts";
import { CTX } from "../crypto/context.ts";
import { hkdf } from "../crypto/kdf.ts";
import { err, ok, type Result } from "../result.ts";
import { RECOVERY_KEY_BYTES } from "./recovery-key.ts";

/** Whose keys, at which server: what is wrapped for one opens for no other. */
export type Owner = { readonly serverId: string; readonly userId: string };

/** Which of the two ways in a wrap is for: the password together with the account key, or the kit. */
export type WrapKind = "pw" | "rk";

/** A key that wraps, and what it was made for. */
export type WrappingKey = { readonly kind: WrapKind; readonly owner: Owner; readonly bytes: Bytes };

const KEY_BYTES = 32;
/** OPAQUE gives 64 bytes (RFC 9807 with ristretto255-SHA512). */
const EXPORT_KEY_BYTES = 64;
const COMMITMENT_BYTES = 32;
/** Commitment, nonce, key and tag: every wrap has this length. */
export const WRAP_BYTES = COMMITMENT_BYTES + 12 + KEY_BYTES + 16;

/** The key under which the bundle is encrypted: 32 random bytes, wrapped once for the password and once for the kit. */
export function newDek(): Bytes {
  return crypto.getRandomValues(new Uint8Array(KEY_BYTES));
}

/**
 * The wrapping key of somebody who has the password and the account key: either alone is nothing.
 *
 * @param secrets `exportKey`: 64 bytes that OPAQUE gives to who knows the password; `accountKey`: from accountKeyOf
 */
export async function passwordKek(
  { exportKey, accountKey }: { readonly exportKey: Bytes; readonly accountKey: Bytes },
  owner: Owner,
): Promise<WrappingKey> {
  // Of fixed lengths, or where one ends and the other begins would be open.
  if (exportKey.length !== EXPORT_KEY_BYTES || accountKey.length !== KEY_BYTES)
    throw Error("an export key has 64 bytes, and an account key 32");
  return wrappingKey("pw", concatBytes(exportKey, accountKey), owner);
}

/** The wrapping key of somebody who has the kit. */
export async function kitKek(recoveryKey: Bytes, owner: Owner): Promise<WrappingKey> {
  if (recoveryKey.length !== RECOVERY_KEY_BYTES) throw Error("a recovery key has 20 bytes");
  return wrappingKey("rk", recoveryKey, owner);
}

/** Wraps the bundle's key: commitment ‖ nonce ‖ ciphertext ‖ tag, WRAP_BYTES long. */
export async function wrapDek(kek: WrappingKey, dek: Bytes): Promise<Bytes> {
  if (dek.length !== KEY_BYTES) throw Error("a bundle's key has 32 bytes");
  const sealed = await sealAead(await importAeadKey(kek.bytes), dek, wrapContext(kek));
  return concatBytes(await commitmentOf(kek), sealed);
}

/**
 * Unwraps it. "wrong-key": made with another password, account key or kit, or for somebody else; the commitment says so
 * before anything is decrypted, so that no wrap opens under two keys. "corrupt": of another length, or damaged.
 */
export async function unwrapDek(
  kek: WrappingKey,
  wrapped: Bytes,
): Promise<Result<Bytes, "wrong-key" | "corrupt">> {
  if (wrapped.length !== WRAP_BYTES) return err("corrupt");
  const commitment = wrapped.subarray(0, COMMITMENT_BYTES);
  if (!equalBytes(commitment, await commitmentOf(kek))) return err("wrong-key");
  const sealed = wrapped.slice(COMMITMENT_BYTES);
  const opened = await openAead(await importAeadKey(kek.bytes), sealed, wrapContext(kek));
  return opened.ok ? ok(opened.value) : opened;
}

async function wrappingKey(kind: WrapKind, secret: Bytes, owner: Owner): Promise<WrappingKey> {
  const info = CTX("akb-kek", owner.serverId, owner.userId, kind);
  return { kind, owner, bytes: await hkdf(secret, info) };
}

function commitmentOf({ bytes }: WrappingKey): Promise<Bytes> {
  return hkdf(bytes, CTX("commit"), COMMITMENT_BYTES);
}

/**
 * Not bound to the bundle's version: the wrap for the kit stays as it is while bundles come and go, because nobody has the
 * kit at hand then (docs/decisions/0016).
 */
function wrapContext({ kind, owner }: WrappingKey): Bytes {
  return CTX("akb-wrap", owner.serverId, owner.userId, kind);
}
