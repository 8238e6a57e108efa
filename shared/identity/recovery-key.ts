import { type Bytes, base32Decode, base32Encode, concatBytes, equalBytes } from "../bytes.ts";
import { CTX } from "../crypto/context.ts";
import { hkdf } from "../crypto/kdf.ts";
import type { KeyPair } from "../crypto/private-key.ts";
import { sha256 } from "../crypto/sha256.ts";
import { importSigningKey } from "../crypto/signature.ts";
import { err, ok, type Result } from "../result.ts";

export const RECOVERY_KEY_BYTES = 20;

/** "CSR", for recovery, and the version: an invitation's code begins with CS and a digit, and is not taken for one. */
const PREFIX = "CSR1";
const CHECKSUM_BYTES = 5;
/** So many letters of base32 are a kit without its prefix. */
export const KIT_LETTERS = ((RECOVERY_KEY_BYTES + CHECKSUM_BYTES) * 8) / 5;
const GROUP = 5;
/** More was pasted than anybody types: the whole page, say. */
const MOST_CHARACTERS = 500;

/** What stands in no base32 and is easily taken for a letter that does. */
const LOOK_ALIKES: Readonly<Record<string, string>> = { "0": "O", "1": "I", "8": "B" };

/**
 * A recovery key: 160 random bits, which the person keeps on paper as their kit (formatKit) and no device stores. One for
 * each user and server.
 */
export function newRecoveryKey(): Bytes {
  return crypto.getRandomValues(new Uint8Array(RECOVERY_KEY_BYTES));
}

/**
 * The account key, 32 bytes, which each of the person's devices keeps in its vault: without it a password opens nothing,
 * so that whoever has the server's database can't try passwords.
 */
export async function accountKeyOf(recoveryKey: Bytes): Promise<Bytes> {
  return hkdf(checked(recoveryKey), CTX("account-key"));
}

/** The key that the holder of the kit signs with. The server has its public half. */
export async function recoverySigningKeyOf(recoveryKey: Bytes): Promise<KeyPair> {
  return importSigningKey(await hkdf(checked(recoveryKey), CTX("recovery-auth")));
}

/**
 * Writes a recovery key as it is printed: "CSR1-" and eight groups of five letters (base32, RFC 4648 section 6), of which
 * the last forty bits are a checksum.
 */
export async function formatKit(recoveryKey: Bytes): Promise<string> {
  const letters = base32Encode(concatBytes(checked(recoveryKey), await checksum(recoveryKey)));
  const groups = letters.match(new RegExp(`.{${GROUP}}`, "g")) ?? [];
  return [PREFIX, ...groups].join("-");
}

/**
 * Reads a recovery key as people type it back: any case, blanks, dashes and line breaks anywhere, 0 for O, 1 for I and 8
 * for B, with or without the prefix. "not-a-kit": something else; "newer-version": printed by a later version;
 * "incomplete": letters are missing; "mistyped": one of them is wrong, or one too many.
 */
export async function parseKit(
  text: string,
): Promise<Result<Bytes, "not-a-kit" | "newer-version" | "incomplete" | "mistyped">> {
  const bare = text.length > MOST_CHARACTERS ? "" : text.replace(/[\s\p{Pd}\u200b-\u200d\u2060]/gu, "");
  // Tested before toUpperCase, which turns letters like ı and ſ into ASCII ones.
  if (!/^[A-Za-z0-9]+$/.test(bare) || bare.length > PREFIX.length + KIT_LETTERS + GROUP)
    return err("not-a-kit");
  const upper = bare.toUpperCase();
  // Forty letters may begin with anything: only what is longer has a prefix for certain.
  const version = upper.length > KIT_LETTERS ? /^CSR(\d)/.exec(upper)?.[1] : undefined;
  if (version !== undefined && !PREFIX.endsWith(version)) return err("newer-version");
  const letters = (version === undefined ? upper : upper.slice(PREFIX.length)).replace(
    /[018]/g,
    (character) => LOOK_ALIKES[character] ?? character,
  );
  if (letters.length < KIT_LETTERS) return err("incomplete");
  const bytes = base32Decode(letters);
  if (!bytes.ok || letters.length > KIT_LETTERS) return err("mistyped");
  const key = bytes.value.slice(0, RECOVERY_KEY_BYTES);
  if (equalBytes(bytes.value.subarray(RECOVERY_KEY_BYTES), await checksum(key))) return ok(key);
  // A prefix and four letters too few come to forty as well.
  return err(upper.length === KIT_LETTERS && upper.startsWith(PREFIX) ? "incomplete" : "mistyped");
}

async function checksum(recoveryKey: Bytes): Promise<Bytes> {
  return (await sha256(CTX("kit", recoveryKey))).slice(0, CHECKSUM_BYTES);
}

function checked(recoveryKey: Bytes): Bytes {
  if (recoveryKey.length !== RECOVERY_KEY_BYTES) throw Error("a recovery key has 20 bytes");
  return recoveryKey;
}
