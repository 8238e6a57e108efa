import { type Bytes, bytesToBase64url, exactBase64urlToBytes } from "../bytes.ts";
import { CTX } from "../crypto/context.ts";
import type { KeyPair } from "../crypto/private-key.ts";
import { sha256 } from "../crypto/sha256.ts";
import { sign } from "../crypto/signature.ts";
import { err, ok, type Result } from "../result.ts";
import { type Action, formatAction, parseAction } from "./action.ts";

/** One link of a group's log as it is sent and stored: base64url (RFC 4648 section 5) of what is signed, and of who did. */
export type Link = { readonly body: string; readonly sig: string };

/** A link that was read, but not yet verified. */
export type ReadLink = {
  readonly action: Action;
  /** What the signature is of: to be verified with the key of `action.by`. */
  readonly signed: Bytes;
  readonly signature: Bytes;
  /** base64url of SHA-256: what the next link names as the one before it. */
  readonly hash: string;
};

/** The most bytes of one link's body: what MOST_RECORDS_IN_A_LINK heads take, with room to spare. */
export const MOST_LINK_BYTES = 96 * 1024;

/** Signs an action with its writer's key. */
export async function signLink(key: KeyPair, action: Action): Promise<Link> {
  const body = formatAction(action);
  if (body.length > MOST_LINK_BYTES) throw Error("a link must not be that long");
  return {
    body: bytesToBase64url(body),
    sig: bytesToBase64url(await sign(key, CTX("log-sig", body))),
  };
}

/**
 * Reads a link, without verifying it. "malformed": not to the byte what signLink writes; "version": of another version
 * of the protocol.
 */
export async function readLink(link: Link): Promise<Result<ReadLink, "malformed" | "version">> {
  const opened = openLink(link);
  return opened.ok ? ok(await hashLink(opened.value)) : opened;
}

/** A link of which all is read but its hash, which takes a while: what it names can be looked for meanwhile. */
export type OpenedLink = Omit<ReadLink, "hash"> & { readonly hashed: Bytes };

/** The first half of readLink. */
export function openLink(link: Link): Result<OpenedLink, "malformed" | "version"> {
  const [body, signature] = [exactBase64url(link.body, MOST_LINK_BYTES), exactBase64url(link.sig, 64)];
  if (body === null || signature === null) return err("malformed");
  const action = parseAction(body);
  if (!action.ok) return action;
  const [signed, hashed] = [CTX("log-sig", body), CTX("log-hash", body, signature)];
  return ok({ action: action.value, signed, signature, hashed });
}

/** The second half of readLink. */
export async function hashLink({ hashed, ...link }: OpenedLink): Promise<ReadLink> {
  return { ...link, hash: bytesToBase64url(await sha256(hashed)) };
}

/** Null for text that is not the one spelling of some bytes, or is of too many. */
function exactBase64url(text: string, most: number): Bytes | null {
  if (text.length > Math.ceil((most * 4) / 3)) return null;
  const bytes = exactBase64urlToBytes(text);
  return bytes.ok ? bytes.value : null;
}
