import * as z from "zod/mini";
import { type Bytes, bytesToBase64url, equalBytes } from "../../shared/bytes.ts";
import { importAeadKey, openAead, sealAead } from "../../shared/crypto/aead.ts";
import { CTX } from "../../shared/crypto/context.ts";
import { hkdf } from "../../shared/crypto/kdf.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { openJson, sealJson } from "./sealed-json.ts";
import type { VaultKey } from "./vault-key.ts";

const SLOT_VERSION = 1;
const SECRET_BYTES = 32;

const bytes = z.custom<Bytes>((value) => value instanceof Uint8Array);
const slotSchema = z.object({
  /** "passkey/" and the credential id as base64url. */
  id: z.templateLiteral(["passkey/", z.string()]),
  version: z.literal(SLOT_VERSION),
  keyId: z.string(),
  credentialId: bytes,
  /** What the passkey is asked for its secret with. */
  salt: z.custom<Bytes>((value) => value instanceof Uint8Array && value.length === SECRET_BYTES),
  rpId: z.string(),
  transports: z.array(z.string()),
  /** Milliseconds since 1970 UTC. */
  madeAt: z.int(),
  /** Tells a passkey that gives another secret from a damaged slot. */
  commitment: bytes,
  sealed: bytes,
  /** The name that the person gave it, under the vault key: it is nobody's business, and can be changed without asking. */
  sealedName: bytes,
});
export type PasskeySlot = z.infer<typeof slotSchema>;

/** What is bound to key and ciphertext, in the order of docs/storage.md. */
export type PasskeyHeader = Pick<PasskeySlot, "credentialId" | "salt" | "rpId" | "transports" | "madeAt">;

type VaultName = { readonly vaultId: string; readonly keyId: string };

export const nameSchema = z.object({ name: z.string() });

/** The id of the row for a passkey. */
export function passkeySlotId(credentialId: Bytes): `passkey/${string}` {
  return `passkey/${bytesToBase64url(credentialId)}`;
}

/**
 * Wraps the vault key under the secret that a passkey gave for the salt.
 *
 * @param secret 32 bytes, from the WebAuthn extension "prf"
 */
export async function wrapUnderPasskey(
  vaultKey: Bytes,
  vault: VaultName,
  header: PasskeyHeader,
  secret: Bytes,
): Promise<Omit<PasskeySlot, "sealedName">> {
  if (secret.length !== SECRET_BYTES) throw Error("a passkey's secret has 32 bytes");
  const derived = await derive(secret, vault, header);
  return {
    ...header,
    id: passkeySlotId(header.credentialId),
    version: SLOT_VERSION,
    keyId: vault.keyId,
    commitment: derived.commitment,
    sealed: await sealAead(derived.key, vaultKey, derived.aad),
  };
}

/**
 * Reads a slot as it was in the database, without opening it.
 *
 * "corrupt": not such a slot, or another's: it names another passkey than its row, or another vault key.
 */
export function readPasskeySlot(
  row: unknown,
  vault: VaultName,
): Result<PasskeySlot, "corrupt" | "newer-version"> {
  const version = z.object({ version: z.int() }).safeParse(row);
  if (version.success && version.data.version > SLOT_VERSION) return err("newer-version");
  const parsed = slotSchema.safeParse(row);
  if (!parsed.success || parsed.data.keyId !== vault.keyId) return err("corrupt");
  return parsed.data.id === passkeySlotId(parsed.data.credentialId) ? ok(parsed.data) : err("corrupt");
}

/**
 * Unwraps the vault key.
 *
 * "wrong-passkey": the secret is not the one that the slot was made with. "corrupt": it is, but the slot is damaged.
 */
export async function unwrapWithPasskey(
  slot: PasskeySlot,
  vault: VaultName,
  secret: Bytes,
): Promise<Result<Bytes, "wrong-passkey" | "corrupt">> {
  const derived = await derive(secret, vault, slot);
  if (!equalBytes(derived.commitment, slot.commitment)) return err("wrong-passkey");
  const vaultKey = await openAead(derived.key, slot.sealed, derived.aad);
  return vaultKey.ok && vaultKey.value.length === 32 ? ok(vaultKey.value) : err("corrupt");
}

/** Encrypts the name of a passkey. */
export function sealPasskeyName(key: VaultKey, credentialId: Bytes, name: string): Promise<Bytes> {
  return sealJson(key.rows, { name }, nameContext(key, credentialId));
}

/** The name of a passkey; null where it can't be read. */
export async function openPasskeyName(key: VaultKey, slot: PasskeySlot): Promise<string | null> {
  const opened = await openJson(key.rows, slot.sealedName, nameContext(key, slot.credentialId));
  const parsed = opened.ok ? nameSchema.safeParse(opened.value) : null;
  return parsed?.success ? parsed.data.name : null;
}

function nameContext({ vaultId, keyId }: VaultName, credentialId: Bytes): Bytes {
  return CTX("local-passkey-name", vaultId, keyId, credentialId);
}

/**
 * The commitment speaks of nothing but the passkey and what it was asked, so that any other change of the slot is told
 * as damage, and not as a wrong passkey.
 */
async function derive(
  secret: Bytes,
  { vaultId, keyId }: VaultName,
  { credentialId, salt, rpId, transports, madeAt }: PasskeyHeader,
): Promise<{ key: CryptoKey; commitment: Bytes; aad: Bytes }> {
  const header = [
    vaultId,
    keyId,
    SLOT_VERSION,
    credentialId,
    salt,
    rpId,
    transports.join(" "),
    madeAt,
  ] as const;
  return {
    key: await importAeadKey(await hkdf(secret, CTX("local-prf", ...header))),
    commitment: await hkdf(secret, CTX("local-prf-commit", credentialId, salt)),
    aad: CTX("local-prf-wrap", ...header),
  };
}
