import type { Bytes } from "../bytes.ts";
import { bytesToBase64url } from "../bytes.ts";
import { CTX } from "../crypto/context.ts";
import { sha256 } from "../crypto/sha256.ts";

/** The id of a group: 22 characters of a hash of its first owner's key, so that no other first link can bear it. */
export async function groupIdOf(nonce: string, ownerKey: string): Promise<string> {
  return bytesToBase64url(await sha256(CTX("group-id", nonce, ownerKey))).slice(0, 22);
}

/** What a new member signs: that they accept that invitation to that group, with these keys. */
export function acceptanceContext(
  g: string,
  { invitation, id, enc }: { readonly invitation: string; readonly id: string; readonly enc: string },
): Bytes {
  return CTX("accept", g, invitation, id, enc);
}

/** What a member's new key signs: that it takes the place of their old one in that group. */
export function rekeyContext(
  g: string,
  { id, oldSig, enc }: { readonly id: string; readonly oldSig: string; readonly enc: string },
): Bytes {
  return CTX("rekey", g, id, oldSig, enc);
}
