import type { Bytes } from "../bytes.ts";
import { err } from "../result.ts";
import type { Format } from "./format.ts";

/** A message encrypted with PGP, as andOTP may write its backup: known by its start, and opened by other programs only. */
export const pgpFormat = {
  id: "pgp",
  recognise: ({ bytes, text }) =>
    text === null ? isMessage(bytes) : /^\s*-----BEGIN PGP MESSAGE-----/.test(text),
  read: async () => err("pgp-encrypted"),
  write: null,
} as const satisfies Format;

/**
 * A packet that holds the key of the message, encrypted to a key (tag 1, version 3) or a passphrase (tag 3, version 4),
 * in either kind of header (RFC 4880 sections 4.2, 5.1 and 5.3).
 */
function isMessage(bytes: Bytes): boolean {
  const [first = 0, second = 0] = bytes;
  const isNewHeader = (first & 0xc0) === 0xc0;
  if (!isNewHeader && (first & 0xc0) !== 0x80) return false;
  const tag = isNewHeader ? first & 0x3f : (first >> 2) & 0x0f;
  const lengthBytes = isNewHeader ? (second < 192 ? 1 : 2) : 1 << (first & 0x03);
  const version = bytes[1 + lengthBytes];
  return (tag === 1 && version === 3) || (tag === 3 && version === 4);
}
