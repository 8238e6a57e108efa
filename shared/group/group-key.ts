import { type Bytes, bytesToBase64url, equalBytes, utf8 } from "../bytes.ts";
import { importAeadKey } from "../crypto/aead.ts";
import { CTX } from "../crypto/context.ts";
import { hkdf } from "../crypto/kdf.ts";
import type { KeyPair } from "../crypto/private-key.ts";
import { openSeal, sealTo } from "../crypto/seal.ts";
import { err, ok, type Result } from "../result.ts";

/** One generation of a group's key: 32 random bytes that every member but guests has. */
export type GroupKey = { readonly g: string; readonly epoch: number; readonly bytes: Bytes };

/** A key for the epoch. */
export function newGroupKey(g: string, epoch: number): GroupKey {
  return { g, epoch, bytes: crypto.getRandomValues(new Uint8Array(32)) };
}

/** What the log knows the key by, base64url: it tells nothing of the key, and no other key can be shown for it. */
export async function commitGroupKey({ g, epoch, bytes }: GroupKey): Promise<string> {
  return bytesToBase64url(await hkdf(bytes, CTX("gk-commit", g, epoch)));
}

/**
 * Seals the key to a member, with the public key that the verified log has for them and no other.
 *
 * @param enc base64url of their X25519 public key
 */
export function sealGroupKey(
  { g, epoch, bytes }: GroupKey,
  member: { readonly id: string; readonly enc: Bytes },
): Promise<Result<Bytes, "bad-key">> {
  return sealTo(member.enc, bytes, sealContext(g, epoch, member.id, member.enc));
}

/**
 * Opens the seal of a group's key. Seals are not signed: the log's commitment says whether this is the key that every
 * member holds. "corrupt": not sealed to this member for this group and epoch; "commit": it is another key than the log
 * promised, so somebody put their own in its place.
 */
export async function openGroupKey(
  keys: KeyPair,
  sealed: Bytes,
  {
    g,
    epoch,
    commit,
    member,
  }: { readonly g: string; readonly epoch: number; readonly commit: string; readonly member: string },
): Promise<Result<GroupKey, "corrupt" | "commit">> {
  const opened = await openSeal(keys, sealed, sealContext(g, epoch, member, keys.publicKey));
  if (!opened.ok) return opened;
  const key = { g, epoch, bytes: opened.value };
  if (!equalBytes(utf8(await commitGroupKey(key)), utf8(commit))) return err("commit");
  return ok(key);
}

/** Only saves deriving the same again; it goes with the key that it is derived from. */
const recordsKeys = new WeakMap<GroupKey, Promise<CryptoKey>>();

/** The key that the group's records are encrypted under in this epoch. */
export function recordsKeyOf(key: GroupKey): Promise<CryptoKey> {
  const { g, epoch, bytes } = key;
  const derived = recordsKeys.get(key) ?? hkdf(bytes, CTX("records-key", g, epoch)).then(importAeadKey);
  recordsKeys.set(key, derived);
  return derived;
}

function sealContext(g: string, epoch: number, member: string, enc: Bytes): Bytes {
  return CTX("gk-seal", g, epoch, member, enc);
}
