import { type Bytes, base64ToBytes, concatBytes, hexToBytes, utf8, utf8Decode } from "../bytes.ts";
import { deriveKey } from "../crypto/derive-key.ts";
import { openAesGcm, scrypt } from "../crypto/foreign.ts";
import { err, ok, type Result } from "../result.ts";
import { jsonList, jsonObject, parseJson } from "./parts/json-value.ts";

/*
 * The encrypted vault of Aegis (docs/vault.md there): the database under a random master key, and that key in slots,
 * each under a credential of its own. Passwords are one kind of slot, and there may be several.
 */

/** Of a slot that a password opens; others belong to the keystore of the phone. */
export const PASSWORD_SLOT = 1;

/** What a vault that asks for more was made for: Aegis takes 32 MiB, once for each of a few slots. */
const MOST_SLOTS = 32;
const MOST_SCRYPT_BYTES = 1 << 30;
const MOST_PARALLELISM = 16;

export type VaultRefusal = "wrong-passphrase" | "corrupt" | "too-large" | "not-enough-memory";

/**
 * Opens the database of an encrypted vault with its password, whichever slot that belongs to.
 *
 * @returns the parsed JSON of the database
 */
export async function openAegisVault(
  vault: Readonly<Record<string, unknown>>,
  passphrase: string,
): Promise<Result<unknown, VaultRefusal>> {
  const header = jsonObject(vault.header);
  const slots = jsonList(header?.slots).filter((slot) => jsonObject(slot)?.type === PASSWORD_SLOT);
  const sealed = sealedOf(base64Of(vault.db), header?.params);
  if (slots.length === 0 || sealed === null) return err("corrupt");
  if (slots.length > MOST_SLOTS) return err("too-large");
  const key = await masterKey(slots, passphrase);
  if (!key.ok) return key;
  const opened = await openAesGcm(key.value, sealed);
  const text = opened.ok ? utf8Decode(opened.value) : opened;
  const database = text.ok ? parseJson(text.value) : undefined;
  // The password was right: the slot said so.
  return database === undefined ? err("corrupt") : ok(database);
}

async function masterKey(
  slots: readonly unknown[],
  passphrase: string,
): Promise<Result<Bytes, VaultRefusal>> {
  if (passphrase === "") return err("wrong-passphrase");
  let refusal: VaultRefusal | null = null;
  for (const slot of slots) {
    const key = await openSlot(jsonObject(slot) ?? {}, passphrase);
    if (key.ok) return key;
    // A slot that is broken must not speak before one that was only tried with the wrong password.
    refusal = refusal === null || key.error === "wrong-passphrase" ? key.error : refusal;
  }
  return err(refusal ?? "corrupt");
}

async function openSlot(
  slot: Readonly<Record<string, unknown>>,
  passphrase: string,
): Promise<Result<Bytes, VaultRefusal>> {
  const { n, r, p } = slot;
  const salt = hexOf(slot.salt);
  const sealed = sealedOf(hexOf(slot.key), slot.key_params);
  if (sealed === null || salt === null || salt.length === 0) return err("corrupt");
  if (!isWhole(n) || !isWhole(r) || !isWhole(p) || n < 2 || !Number.isInteger(Math.log2(n)))
    return err("corrupt");
  if (128 * n * r > MOST_SCRYPT_BYTES || p > MOST_PARALLELISM) return err("too-large");
  const spellings = slot.repaired === true ? [utf8(passphrase)] : spellingsOf(passphrase);
  for (const spelling of spellings) {
    const derived = await deriveKey(() => scrypt(spelling, salt, { n, r, p }));
    if (!derived.ok) return derived;
    const key = await openAesGcm(derived.value, sealed);
    if (key.ok) return key;
  }
  return err("wrong-passphrase");
}

/** How much room Java makes for a character of UTF-8, by the libraries of Android and by its own. */
const ROOM_FOR_A_CHARACTER = [2, 1.1];
/** A block of SHA-256: HMAC fills a shorter key with zeros by itself. */
const BLOCK_BYTES = 64;

/**
 * The password as bytes, and as the first versions of Aegis had them (CryptoUtils.toBytesOld, PasswordSlotDecryptTask):
 * with the zeros of all the room that Java had made for them behind. A slot is marked as repaired once a later version
 * has opened it.
 */
function spellingsOf(passphrase: string): Bytes[] {
  const bytes = utf8(passphrase);
  const rooms = ROOM_FOR_A_CHARACTER.map((each) => {
    let room = Math.floor(passphrase.length * each);
    while (room < bytes.length) room = 2 * room + 1;
    return room;
  }).filter((room) => room > BLOCK_BYTES && room > bytes.length);
  return [
    bytes,
    ...[...new Set(rooms)].map((room) => concatBytes(bytes, new Uint8Array(room - bytes.length))),
  ];
}

/** Ciphertext and tag stand apart in the file, and WebCrypto takes them as one. */
function sealedOf(ciphertext: Bytes | null, params: unknown): { nonce: Bytes; sealed: Bytes } | null {
  const { nonce, tag } = jsonObject(params) ?? {};
  const [nonceBytes, tagBytes] = [hexOf(nonce), hexOf(tag)];
  if (ciphertext === null || nonceBytes === null || tagBytes === null) return null;
  return { nonce: nonceBytes, sealed: concatBytes(ciphertext, tagBytes) };
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function hexOf(value: unknown): Bytes | null {
  const bytes = typeof value === "string" ? hexToBytes(value.trim()) : null;
  return bytes?.ok ? bytes.value : null;
}

function base64Of(value: unknown): Bytes | null {
  const bytes = typeof value === "string" ? base64ToBytes(value) : null;
  return bytes?.ok ? bytes.value : null;
}
