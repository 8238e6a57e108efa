import * as z from "zod/mini";
import { bytesToBase64, bytesToHex, utf8 } from "../bytes.ts";
import { openCryptoJs, openCryptoJsText } from "../crypto/crypto-js.ts";
import { hasArgon2id, readEncodedArgon2id } from "../crypto/encoded-argon2id.ts";
import { argon2id } from "../crypto/kdf.ts";
import { err, ok, type Result } from "../result.ts";
import { formatAuthenticatorExtension } from "./authenticator-extension-write.ts";
import type { FileRefusal, Format, ReadEntry, RejectedEntry } from "./format.ts";
import { isStoredSecret, readStoredOtp, type StoredOtp } from "./parts/authenticator-extension-entry.ts";
import { brokenEntry, textOf } from "./parts/entry-fields.ts";

/**
 * Backups of the browser extension Authenticator (src/models/storage.ts, src/import.ts, src/models/encryption.ts). An
 * object of entries by their hash, each in the clear or encrypted for itself, in one of three ways that came one after the
 * other:
 *
 * 1. the secret, by the passphrase (AES of CryptoJS);
 * 2. the secret, by a key that is stored encrypted by the passphrase, and used as its hexadecimal text;
 * 3. the entry, by a key derived from the passphrase by Argon2id, and used as its base64 text.
 */
export const authenticatorExtensionFormat = {
  id: "authenticator-extension",
  recognise: ({ json }) => json !== null && !Array.isArray(json) && Object.values(json).some(isMember),
  read: async ({ json }, passphrase) => {
    if (json === null || Array.isArray(json)) return err("corrupt");
    const members = Object.entries(json).map(([hash, value]) => ({ hash, value: value as unknown }));
    const stored = members.filter(({ value }) => isEntry(value)).map(({ value }) => value as StoredOtp);
    if (stored.length === 0) return err("nothing-found");
    // Chromium gives stored values in the order of their hashes; the index is the order that the person chose.
    stored.sort((one, two) => indexOf(one) - indexOf(two));
    const isSealed = stored.some((entry) => isEncrypted(entry));
    // An empty passphrase is none to these programs.
    if (isSealed && !passphrase) return err("passphrase-needed");
    const keys = await openKeys(json, members, passphrase ?? "");
    if (!keys.ok) return keys;
    return readEntries(stored, keys.value);
  },
  write: async (entries) => formatAuthenticatorExtension(entries),
  readBy: { plain: ["Authenticator"] },
} as const satisfies Format;

const keySchema = z.looseObject({
  dataType: z.literal("Key"),
  id: z.string(),
  salt: z.string(),
  hash: z.optional(z.nullable(z.unknown())),
});
const oldKeySchema = z.looseObject({ enc: z.string() });

/** Passphrases of CryptoJS by the id of their key; "" for secrets that name none. null: the passphrase is another. */
type Keys = ReadonlyMap<string, string | null>;

const KEY_COST = { memoryKib: 19_456, iterations: 2, parallelism: 1 };
/** A salt of Argon2 is eight bytes or more. */
const SHORTEST_SALT = 8;
/** More than anybody has: each costs a derivation. */
const MOST_KEYS = 8;

async function openKeys(
  json: object,
  members: readonly { value: unknown }[],
  passphrase: string,
): Promise<Result<Keys, FileRefusal>> {
  const keys = new Map<string, string | null>([["", passphrase]]);
  if (passphrase === "") return ok(keys);
  const old = oldKeySchema.safeParse("key" in json ? json.key : json);
  if (old.success) {
    const opened = await openCryptoJs(old.data.enc, passphrase);
    if (!opened.ok) return err(opened.error === "not-sealed" ? "corrupt" : "wrong-passphrase");
    keys.set("", bytesToHex(opened.value));
  }
  const derived = members.flatMap(({ value }) => keySchema.safeParse(value).data ?? []);
  if (derived.length > MOST_KEYS) return err("too-large");
  for (const key of derived) {
    const salt = utf8(key.salt);
    if (salt.length < SHORTEST_SALT) return err("corrupt");
    try {
      const bytes = await argon2id(utf8(passphrase), salt, KEY_COST);
      const text = bytesToBase64(bytes).replace(/=+$/, "");
      const hash = readEncodedArgon2id(textOf(key.hash));
      const has = hash === null ? null : await hasArgon2id(utf8(text), hash);
      // Without a hash that can be checked, what the entries say decides.
      keys.set(key.id, has === null || !has.ok || has.value ? text : null);
    } catch {
      return err("not-enough-memory");
    }
  }
  return ok(keys);
}

async function readEntries(stored: readonly StoredOtp[], keys: Keys) {
  const entries: ReadEntry[] = [];
  const rejected: RejectedEntry[] = [];
  let opened = 0;
  let notOpened = 0;
  for (const entry of stored) {
    const plain = isEncrypted(entry) ? await openEntry(entry, keys) : entry;
    if (plain === null) {
      notOpened++;
      rejected.push({ ...brokenEntry(labelOf(entry)), reason: "entry-not-opened" });
      continue;
    }
    if (plain !== entry) opened++;
    const read = readStoredOtp(plain);
    if (read.ok) entries.push(read.value);
    else rejected.push(read.error);
  }
  if (notOpened > 0 && opened === 0) return err("wrong-passphrase");
  return ok({ entries, rejected, notices: [] });
}

async function openEntry(entry: StoredOtp, keys: Keys): Promise<StoredOtp | null> {
  const key =
    keys.get(textOf(entry.keyId)) ?? (keys.has(textOf(entry.keyId)) ? null : (keys.get("") ?? null));
  if (key === null) return null;
  if (typeof entry.data === "string") {
    const text = await openCryptoJsText(entry.data, key);
    return text.ok ? objectOf(text.value) : null;
  }
  const secret = await openCryptoJsText(textOf(entry.secret), key);
  return secret.ok && isStoredSecret(secret.value) ? { ...entry, secret: secret.value } : null;
}

function objectOf(text: string): StoredOtp | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null && !Array.isArray(json) ? { ...json } : null;
  } catch {
    return null;
  }
}

const ENTRY_TYPE = /^(?:totp|hotp|battle|steam|hex|hhex|[1-6])$/i;

/** What tells the format: a mark that no other has, or the fields of its first versions. */
function isMember(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if ("dataType" in value) return /^(?:OTPStorage|EncOTPStorage|Key)$/.test(textOf(value.dataType));
  return (
    "secret" in value &&
    "hash" in value &&
    ("encrypted" in value || "index" in value) &&
    (!("type" in value) || ENTRY_TYPE.test(textOf(value.type)))
  );
}

function isEntry(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return ("secret" in value || "data" in value) && !("dataType" in value && value.dataType === "Key");
}

function isEncrypted(entry: StoredOtp): boolean {
  if (typeof entry.data === "string" && entry.secret === undefined) return true;
  return entry.encrypted === true || entry.encrypted === "true";
}

function indexOf({ index }: StoredOtp): number {
  return Number.isFinite(Number(textOf(index) || Number.NaN))
    ? Number(textOf(index))
    : Number.MAX_SAFE_INTEGER;
}

function labelOf(entry: StoredOtp): string {
  const [issuer = ""] = textOf(entry.issuer).split("::");
  return [issuer, textOf(entry.account)].filter((name) => name !== "").join(": ");
}
