import * as z from "zod/mini";
import type { Bytes } from "../../shared/bytes.ts";
import { openAead, sealAead } from "../../shared/crypto/aead.ts";
import { CTX } from "../../shared/crypto/context.ts";
import { err, type Result } from "../../shared/result.ts";

const SLOT_VERSION = 1;

const slotSchema = z.object({
  id: z.literal("device"),
  version: z.literal(SLOT_VERSION),
  keyId: z.string(),
  key: z.custom<CryptoKey>((value) => value instanceof CryptoKey),
  sealed: z.custom<Bytes>((value) => value instanceof Uint8Array),
});
export type DeviceSlot = z.infer<typeof slotSchema>;

type VaultName = { readonly vaultId: string; readonly keyId: string };

/**
 * Wraps the vault key under a key that this browser profile keeps and hands to nobody: for a vault without a passphrase.
 * The one CryptoKey that is ever stored. Scripts can't read it out; whoever copies the profile's files can use it.
 */
export async function wrapUnderDevice(vaultKey: Bytes, vault: VaultName): Promise<DeviceSlot> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  const sealed = await sealAead(key, vaultKey, slotContext(vault));
  return { id: "device", version: SLOT_VERSION, keyId: vault.keyId, key, sealed };
}

/** @param slot as it was read from the database */
export async function unwrapWithDevice(
  slot: unknown,
  vault: VaultName,
): Promise<Result<Bytes, "corrupt" | "newer-version">> {
  const version = z.object({ version: z.int() }).safeParse(slot);
  if (version.success && version.data.version > SLOT_VERSION) return err("newer-version");
  const parsed = slotSchema.safeParse(slot);
  if (!parsed.success) return err("corrupt");
  return openAead(parsed.data.key, parsed.data.sealed, slotContext(vault));
}

function slotContext({ vaultId, keyId }: VaultName): Bytes {
  return CTX("local-slot-device", vaultId, keyId, SLOT_VERSION);
}
