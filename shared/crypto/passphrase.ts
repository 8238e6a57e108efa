import { type Bytes, utf8 } from "../bytes.ts";

/**
 * One spelling for each passphrase: NFKC and nothing else. Blanks at the ends count, as do case and length.
 *
 * NFKC rather than NFC, because a Chinese or Japanese input method in full-width mode types ａ and U+3000 where another
 * types a and a space: the same keys must open the same vault. The few passphrases that become equal by it cost a
 * guesser nothing he would not have tried.
 */
export function normalizePassphrase(typed: string): string {
  return typed.normalize("NFKC");
}

/** The bytes that a key is derived from: UTF-8 of the normalised passphrase. */
export function passphraseBytes(typed: string): Bytes {
  return utf8(normalizePassphrase(typed));
}
