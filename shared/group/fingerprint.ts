import { wordlist } from "@scure/bip39/wordlists/english.js";
import type { Bytes } from "../bytes.ts";
import { bytesToHex } from "../bytes.ts";
import { CTX } from "../crypto/context.ts";
import { sha256 } from "../crypto/sha256.ts";

const WORDS = 6;
/** The list has 2,048 words. */
const BITS = 11n;

/**
 * Six words for two people to read to each other: whoever has the same words has the same keys. 66 bits of a hash, in the
 * English words of BIP 39 whatever the language of the interface is, since both have to see the same.
 *
 * @param keys base64url of the Ed25519 and the X25519 public key, as the log has them
 */
export async function fingerprintWords(keys: {
  readonly id: string;
  readonly sig: string;
  readonly enc: string;
}): Promise<string[]> {
  return wordsOf(await sha256(CTX("fingerprint", keys.id, keys.sig, keys.enc)));
}

/**
 * Six words for everybody in a group to compare: who sees the same words sees the same group, with the same people, keys
 * and records. A server that shows two people different histories can't show them the same words.
 *
 * @param head number and hash of the last link that both have
 */
export async function safetyWords(g: string, head: { readonly n: number; readonly head: string }) {
  return wordsOf(await sha256(CTX("safety", g, head.n, head.head)));
}

function wordsOf(hash: Bytes): string[] {
  const bits = BigInt(`0x${bytesToHex(hash)}`);
  const top = BigInt(hash.length * 8);
  return Array.from({ length: WORDS }, (_, at) => {
    const shift = top - BITS * BigInt(at + 1);
    return wordlist[Number((bits >> shift) & ((1n << BITS) - 1n))] ?? "";
  });
}
