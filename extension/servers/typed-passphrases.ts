import { bytesToBase64url, utf8 } from "../../shared/bytes.ts";
import { CTX } from "../../shared/crypto/context.ts";
import { normalizePassphrase } from "../../shared/crypto/passphrase.ts";
import { openVaultKey, type VaultKey } from "../vault/vault-key.ts";

/**
 * Which passphrases were typed for a server in this page, so that its forms do not get one of them later: another than the
 * vault's is kept nowhere, and could not be told from a code. In memory alone, and as a keyed hash: whoever gets at it has
 * nothing to try guesses at without the vault's key, and nothing at all once the page is closed. A passphrase that was typed
 * before, or in another page, is not known here.
 */
const typed = new Map<string, Set<string>>();

/** Remembers one that was right at a server: a mistyped one may be a code, in the wrong field. Nothing is remembered while the vault is locked. */
export async function rememberTyped(serverId: string, passphrase: string): Promise<void> {
  const key = await openVaultKey();
  if (!key.ok) return;
  const hash = await hashOf(key.value, serverId, passphrase);
  typed.set(serverId, new Set([...(typed.get(serverId) ?? []), hash]));
}

/** Whether a text is one of them, blanks around it aside. */
export async function wasTyped(serverId: string, text: string): Promise<boolean> {
  const hashes = typed.get(serverId);
  if (hashes === undefined) return false;
  const key = await openVaultKey();
  return key.ok && hashes.has(await hashOf(key.value, serverId, text));
}

async function hashOf({ fingerprints }: VaultKey, serverId: string, passphrase: string): Promise<string> {
  const said = CTX("local-typed-passphrase", serverId, utf8(bare(passphrase)));
  return bytesToBase64url(new Uint8Array(await crypto.subtle.sign("HMAC", fingerprints, said)));
}

/** A passphrase as it counts, without blanks around it, which may be typed by mistake. */
export function bare(passphrase: string): string {
  return normalizePassphrase(passphrase).trim();
}
