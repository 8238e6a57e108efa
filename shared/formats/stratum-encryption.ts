import { type Bytes, equalBytes, utf8 } from "../bytes.ts";
import { deriveKey } from "../crypto/derive-key.ts";
import { openAesCbc, openAesGcm, pbkdf2 } from "../crypto/foreign.ts";
import { argon2id } from "../crypto/kdf.ts";
import { err, type Result } from "../result.ts";

/*
 * The two encryptions of Stratum, formerly Authenticator Pro (StrongBackupEncryption.cs, LegacyBackupEncryption.cs).
 * Their numbers are fixed by the header.
 */

const HEADER_BYTES = 16;
/** Header, salt, nonce, ciphertext with tag. */
const STRONG = {
  header: utf8("AUTHENTICATORPRO"),
  salt: 16,
  nonce: 12,
  cost: { iterations: 3, memoryKib: 65_536, parallelism: 4 },
} as const;
/** Header, salt, IV, ciphertext. */
const LEGACY = { header: utf8("AuthenticatorPro"), salt: 20, iv: 16, iterations: 64_000 } as const;

/** How a backup is encrypted, by its header; null if it is not. */
export function stratumEncryption(bytes: Bytes): "strong" | "legacy" | null {
  const header = bytes.subarray(0, HEADER_BYTES);
  if (equalBytes(header, STRONG.header)) return "strong";
  return equalBytes(header, LEGACY.header) ? "legacy" : null;
}

/**
 * Opens an encrypted backup.
 *
 * @returns bytes that are JSON. Of the legacy encryption, a wrong password gives other bytes once in 256 times.
 */
export async function openStratumBackup(
  bytes: Bytes,
  passphrase: string,
): Promise<Result<Bytes, "wrong-passphrase" | "corrupt" | "not-enough-memory">> {
  if (passphrase === "") return err("wrong-passphrase");
  const rest = bytes.slice(HEADER_BYTES);
  const opened =
    stratumEncryption(bytes) === "strong"
      ? await openStrong(rest, passphrase)
      : await openLegacy(rest, passphrase);
  if (opened.ok) return opened;
  return err(opened.error === "not-opened" ? "wrong-passphrase" : opened.error);
}

async function openStrong(
  bytes: Bytes,
  passphrase: string,
): Promise<Result<Bytes, "not-opened" | "corrupt" | "not-enough-memory">> {
  const salt = bytes.slice(0, STRONG.salt);
  const nonce = bytes.slice(STRONG.salt, STRONG.salt + STRONG.nonce);
  const sealed = bytes.slice(STRONG.salt + STRONG.nonce);
  if (sealed.length < 16) return err("corrupt");
  const key = await deriveKey(() => argon2id(utf8(passphrase), salt, STRONG.cost));
  return key.ok ? openAesGcm(key.value, { nonce, sealed }) : key;
}

async function openLegacy(
  bytes: Bytes,
  passphrase: string,
): Promise<Result<Bytes, "not-opened" | "corrupt">> {
  const salt = bytes.slice(0, LEGACY.salt);
  const iv = bytes.slice(LEGACY.salt, LEGACY.salt + LEGACY.iv);
  const sealed = bytes.slice(LEGACY.salt + LEGACY.iv);
  if (sealed.length < 16 || sealed.length % 16 !== 0) return err("corrupt");
  const cost = { hash: "SHA-1", iterations: LEGACY.iterations, length: 32 } as const;
  return openAesCbc(await pbkdf2(utf8(passphrase), salt, cost), { iv, sealed });
}
