import { type Bytes, utf8 } from "../bytes.ts";
import { openAesGcm, pbkdf2 } from "../crypto/foreign.ts";
import { sha256 } from "../crypto/sha256.ts";
import type { Result } from "../result.ts";

/*
 * The two encryptions of andOTP (EncryptionHelper.java). Neither begins with anything to know it by, so what is tried
 * is told by what can't be text, looks random, and, of the newer one, begins with a number of rounds.
 */

const SALT_BYTES = 12;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** An empty list: two brackets. */
const LEAST_PLAIN_BYTES = 2;
/** The app draws between 140000 and 160000. More would take minutes, and is no such file. */
const LEAST_ROUNDS = 1_000;
const MOST_ROUNDS = 5_000_000;
/** A few thousand accounts with everything they have; what is longer is a film or a disk. */
const MOST_BYTES = 8_000_000;

/** Whether bytes may be an encrypted backup. */
export function maybeAndotpBackup(bytes: Bytes): boolean {
  const isLong = bytes.length >= NONCE_BYTES + LEAST_PLAIN_BYTES + TAG_BYTES && bytes.length <= MOST_BYTES;
  return isLong && !hasKnownStart(bytes) && looksRandom(bytes.subarray(roundsOf(bytes) === null ? 0 : 4));
}

/** Opens a backup of either encryption: rounds ‖ salt ‖ nonce ‖ ciphertext ‖ tag, or nonce ‖ ciphertext ‖ tag. */
export async function openAndotpBackup(
  bytes: Bytes,
  passphrase: string,
): Promise<Result<Bytes, "not-opened">> {
  const iterations = roundsOf(bytes);
  if (iterations !== null) {
    const salt = bytes.slice(4, 4 + SALT_BYTES);
    const cost = { hash: "SHA-1", iterations, length: 32 } as const;
    const opened = await openSealed(await pbkdf2(utf8(passphrase), salt, cost), bytes.slice(4 + SALT_BYTES));
    if (opened.ok) return opened;
  }
  // The nonce of an old one may begin like a number of rounds, too.
  return openSealed(await sha256(utf8(passphrase)), bytes);
}

function openSealed(key: Bytes, bytes: Bytes): Promise<Result<Bytes, "not-opened">> {
  return openAesGcm(key, { nonce: bytes.slice(0, NONCE_BYTES), sealed: bytes.slice(NONCE_BYTES) });
}

function roundsOf(bytes: Bytes): number | null {
  if (bytes.length < 4 + SALT_BYTES + NONCE_BYTES + LEAST_PLAIN_BYTES + TAG_BYTES) return null;
  const rounds = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  return rounds >= LEAST_ROUNDS && rounds <= MOST_ROUNDS ? rounds : null;
}

/** What files begin with that are compressed or encrypted and so look random behind it. */
const KNOWN_STARTS = [
  "PK",
  "\x1f\x8b",
  "7z\xbc\xaf",
  "Rar!",
  "BZh",
  "\xfd7zXZ",
  "\x28\xb5\x2f\xfd",
  "\x89PNG",
  "\xff\xd8\xff",
  "GIF8",
  "RIFF",
  "%PDF",
  "SQLite format 3",
  "\x03\xd9\xa2\x9a",
  "\xac\xed\x00\x05",
  "\x7fELF",
  "MZ",
  "OggS",
  "ID3",
  "\xd0\xcf\x11\xe0",
  "Salted__",
  "AUTHENTICATORPRO",
  "AuthenticatorPro",
  "age-encryption.org",
];

function hasKnownStart(bytes: Bytes): boolean {
  const start = String.fromCharCode(...bytes.subarray(0, 24));
  // Films and pictures of the ISO kind say what they are behind a length.
  return KNOWN_STARTS.some((known) => start.startsWith(known)) || start.slice(4, 8) === "ftyp";
}

const MOST_LOOKED_AT = 4_096;

/**
 * Whether about as many different bytes stand in the beginning as chance would give. Chance falls below three quarters
 * of that never, whatever has a structure nearly always.
 */
function looksRandom(bytes: Bytes): boolean {
  const start = bytes.subarray(0, MOST_LOOKED_AT);
  const expected = 256 * (1 - (255 / 256) ** start.length);
  return new Set(start).size >= expected * 0.75;
}
